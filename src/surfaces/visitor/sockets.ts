import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { Refusal } from '../../base/errors.ts';
import { isOwnOrigin } from './origin.ts';
import { readCallText } from './read-call.ts';
import { Visit } from './visit.ts';
import type { Door } from './visit.ts';

const FRAME_BYTES = 64 * 1024;
/** A silent socket is asked after so long, and given up after as long again. */
const HEARTBEAT_MS = 25_000;
/** A browser that does not read. */
const MOST_UNSENT_BYTES = 4 * 1024 * 1024;
const PER_ADDRESS = 200;
const PATH = '/visitor';

/** Handshakes of this server on their way through its routing: that is how they get the proxies' client address. */
const handshakes = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();

/** The plain WebSocket of the widget, beside whatever else listens for upgrades. */
export function acceptSockets(app: FastifyInstance, door: Door): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
  });
  const perAddress = new Map<string, number>();

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // The address is what a stranger wrote: it need not be one that can be parsed.
    if (request.url?.split('?', 1)[0] !== PATH) return;
    handshakes.set(request, { socket, head });
    const response = new ServerResponse(request);
    // A handshake that is refused is answered like any request; nobody but us would close its connection.
    response.assignSocket(socket as never);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.end());
    app.routing(request, response);
  };
  app.server.on('upgrade', onUpgrade);

  app.get(PATH, { exposeHeadRoute: false }, (request, reply) => {
    const handshake = handshakes.get(request.raw);
    if (!handshake)
      return reply
        .status(426)
        .header('upgrade', 'websocket')
        .send('This address speaks WebSocket.');
    if (!isOwnOrigin(door.desk, request))
      throw new Refusal('forbidden', 'This page may not open the chat.');
    const address = request.ip;
    const open = perAddress.get(address) ?? 0;
    if (open >= PER_ADDRESS)
      throw new Refusal('too_many', 'Too many chats are open from this address.');
    reply.hijack();
    sockets.handleUpgrade(request.raw, handshake.socket, handshake.head, (socket) => {
      perAddress.set(address, open + 1);
      socket.once('close', () => {
        const left = (perAddress.get(address) ?? 1) - 1;
        if (left > 0) perAddress.set(address, left);
        else perAddress.delete(address);
      });
      serve(socket, address, door);
    });
    return reply;
  });

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();

  app.addHook('preClose', async () => {
    clearInterval(heartbeat);
    app.server.off('upgrade', onUpgrade);
    for (const socket of sockets.clients) socket.close(1001);
    setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, 500).unref();
  });
}

/** Sockets that have not been heard of since the last heartbeat. */
const silent = new WeakSet<WebSocket>();

function serve(socket: WebSocket, address: string, door: Door): void {
  const visit = new Visit(door, {
    address,
    send(news) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MOST_UNSENT_BYTES) socket.terminate();
      else socket.send(JSON.stringify(news));
    },
  });
  socket.on('pong', () => silent.delete(socket));
  socket.on('message', (data, binary) => {
    silent.delete(socket);
    if (binary) {
      visit.malformed('Frames are text.');
      return;
    }
    const read = readCallText(String(data));
    if (read.kind === 'call') void visit.take(read.call);
    if (read.kind === 'malformed') visit.malformed(read.detail, read.clientId);
  });
  socket.on('close', () => visit.close());
  // The close that follows says all there is to know: too large a frame, a broken line.
  socket.on('error', () => socket.terminate());
}
