import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import type { HttpAnswer } from '../../../contract/channel.ts';
import type { Desk } from '../../../desk/desk.ts';

interface HookParams {
  type: string;
  accountId: string;
}

/**
 * The addresses that providers call. The bytes go on as they came, since signatures are over them; the address is
 * built from PUBLIC_URL, never from the Host header, which the caller chooses.
 */
export function hookRoutes(app: FastifyInstance, desk: Desk): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
    readAtMost(payload, desk.ingress.maxBytes((request.params as HookParams).type)),
  );

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { type, accountId } = request.params as HookParams;
    const [rawPath = '', rawQuery = ''] = splitOnce(request.raw.url ?? '', '?');
    const answer = await desk.ingress.webhook(type, accountId, {
      method: request.method === 'GET' ? 'GET' : 'POST',
      path: rawPath
        .split('/')
        .slice(4)
        .map((step) => `/${step}`)
        .join(''),
      url: desk.publicUrl + (request.raw.url ?? ''),
      query: readQuery(rawQuery),
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    });
    return send(reply, answer);
  };
  for (const url of ['/hooks/:type/:accountId', '/hooks/:type/:accountId/*'])
    app.route({ method: ['GET', 'POST'], url, exposeHeadRoute: false, handler: receive });
}

const send = (reply: FastifyReply, answer: HttpAnswer): FastifyReply => {
  reply.status(answer.status).header('x-content-type-options', 'nosniff');
  if (answer.headers) reply.headers(answer.headers);
  // A handshake may echo what it was given: it must never be taken for a page.
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'text/plain; charset=utf-8');
  return reply.send(answer.body ?? '');
};

const readQuery = (raw: string): Record<string, string> => {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(raw)) query[name] ??= value;
  return query;
};

const splitOnce = (text: string, mark: string): [string, string] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const readAtMost = async (payload: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const tooLarge = () => new Refusal('too_large', `The body is larger than ${maxBytes} bytes.`);
  if (Number(payload.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
};
