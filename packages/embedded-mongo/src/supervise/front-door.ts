import type { ChildProcess } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { encode } from '../values/index.ts';
import { msgHead } from '../wire/reply.ts';

/** What the parent tells the child along with a connection. */
export interface Handed {
  connection: number;
}

/** What the child tells the parent. */
export interface Closed {
  closed: number;
}

interface Guest {
  socket: Socket;
  /** Given to the process that serves now. */
  handed: boolean;
}

/**
 * What a client is told whose command may be lost with the process that had it. The labels make
 * drivers try again: a numbered write finds what its first try did, a transaction starts anew.
 * @see https://www.mongodb.com/docs/manual/core/retryable-writes/
 */
const INTERRUPTED = ((): Buffer => {
  const document = encode({
    ok: 0,
    errmsg: 'the database process was restarted',
    code: 11600,
    codeName: 'InterruptedAtShutdown',
    errorLabels: ['RetryableWriteError', 'TransientTransactionError'],
  });
  return Buffer.concat([msgHead(1, 0, document.length), document]);
})();

/**
 * Accepts clients for the database process and hands their connections over, keeping a second
 * handle of each. So a client that comes while the process is being restarted waits instead of
 * failing, and one whose process died is told so in words its driver understands: seeing only
 * broken connections, a driver would retry the first of its commands and give up the others.
 */
export class FrontDoor {
  private readonly server: Server;
  private readonly guests = new Map<number, Guest>();
  /** Connections whose process died and whose client has not closed them yet. */
  private readonly leaving = new Set<Socket>();
  private child: ChildProcess | null = null;
  private nextId = 1;

  private constructor() {
    this.server = createServer({ pauseOnConnect: true }, (socket) => this.accept(socket));
  }

  static async open(socketPath: string): Promise<FrontDoor> {
    const door = new FrontDoor();
    rmSync(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      door.server.once('error', reject);
      door.server.listen(socketPath, resolve);
    });
    chmodSync(socketPath, 0o600);
    door.server.unref();
    return door;
  }

  /** Hands all connections to a process from now on. */
  lead(child: ChildProcess): void {
    this.child = child;
    child.on('message', (message: Closed) => this.forget(message.closed));
    child.once('exit', () => {
      if (this.child === child) this.child = null;
      this.dismiss();
    });
    for (const [id, guest] of this.guests) this.hand(id, guest);
  }

  /** Closes the door and every connection. */
  close(): void {
    this.server.close();
    for (const { socket } of this.guests.values()) socket.destroy();
    for (const socket of this.leaving) socket.destroy();
    this.guests.clear();
  }

  private accept(socket: Socket): void {
    const id = this.nextId++;
    const guest = { socket, handed: false };
    socket.unref();
    // A client that went away; the process that has the connection notices by itself.
    socket.on('error', () => this.forget(id));
    this.guests.set(id, guest);
    if (this.child) this.hand(id, guest);
  }

  private hand(id: number, guest: Guest): void {
    if (guest.handed) return;
    guest.handed = true;
    const message: Handed = { connection: id };
    this.child?.send(message, guest.socket, { keepOpen: true }, (error) => {
      // The process died before it had the connection: the next one gets it.
      if (error) guest.handed = false;
    });
  }

  private forget(id: number): void {
    this.guests.get(id)?.socket.destroy();
    this.guests.delete(id);
  }

  /**
   * Takes leave of the clients of a process that died. Every one is told, whether it waits for an
   * answer or not, for nobody knows what the process had read: who asks for something next gets
   * this as the answer and asks again elsewhere. The connection stays open until the client closes
   * it: to close it under a command that is just being written would be an error without words.
   */
  private dismiss(): void {
    for (const [id, { socket, handed }] of this.guests) {
      if (!handed) continue;
      this.guests.delete(id);
      this.leaving.add(socket);
      socket.once('close', () => this.leaving.delete(socket));
      socket.once('end', () => socket.destroy());
      socket.write(INTERRUPTED);
      socket.resume();
    }
  }
}
