import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Binary, Long } from 'bson';
import { removeExpired, TTL_INTERVAL_MS } from './catalog/ttl.ts';
import { dispatch } from './commands/dispatch.ts';
import { reportFaultsTo } from './commands/error-document.ts';
import { announce } from './commands/server/identity.ts';
import { Database, type DatabaseOptions } from './database.ts';
import type { Closed, Handed } from './supervise/front-door.ts';
import { expireRecords } from './session/records.ts';
import type { Writing } from './txn/writer.ts';
import { Connection } from './wire/connection.ts';
import { type Answer, rawFields } from './wire/answer.ts';
import { OP_MSG, type Request } from './wire/message.ts';

/** Where and how to serve. */
export interface ServerOptions extends DatabaseOptions {
  socket: string;
  /** Told of faults of this program; a client's mistakes are not among them. */
  onFault?(error: unknown): void;
  /** Milliseconds between two rounds of removing expired documents; default one minute. */
  ttlIntervalMs?: number;
}

const CURSOR_CHECK_MS = 60_000;
const SESSION_CHECK_MS = 10 * 60_000;

const BACKGROUND: Writing = {
  txn: undefined,
  checkpoint: () => undefined,
  patience: (promise) => promise,
};

/** The database served on a unix socket. */
export class Server {
  readonly database: Database;
  private readonly options: ServerOptions;
  private readonly net: NetServer;
  private readonly connections = new Set<Connection>();
  private readonly timers: NodeJS.Timeout[] = [];
  private nextConnection = 1;
  private closing = false;
  private stamp: { key: string; fields: Buffer } = { key: '', fields: Buffer.alloc(0) };

  constructor(options: ServerOptions) {
    this.options = options;
    this.database = new Database(options);
    this.net = createServer((socket) => this.welcome(socket));
    reportFaultsTo((error) => this.fault(error));
  }

  /** Accepts clients on the socket from now on. */
  async listen(): Promise<void> {
    const { socket } = this.options;
    rmSync(socket, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.net.once('error', reject);
      this.net.listen(socket, resolve);
    });
    chmodSync(socket, 0o600);
    this.begin();
  }

  /**
   * Takes clients from the parent process, which accepts them and keeps their connections open. When
   * this process ends, the parent does not hear of each of them, but tells all of them so itself.
   */
  takeFromParent(): void {
    process.on('message', ({ connection: id }: Handed, socket?: Socket) => {
      if (!socket) return;
      if (this.closing) return void socket.destroy();
      socket.once('close', () => {
        if (!this.closing) process.send?.({ closed: id } satisfies Closed);
      });
      this.welcome(socket);
    });
    this.begin();
  }

  private welcome(socket: Socket): void {
    this.connections.add(new Connection(this.nextConnection++, socket, this));
  }

  private begin(): void {
    announce(this.options.socket);
    const { commits, turns, kv, cursors } = this.database;
    this.every(this.options.ttlIntervalMs ?? TTL_INTERVAL_MS, () =>
      removeExpired(this.database, BACKGROUND),
    );
    this.every(CURSOR_CHECK_MS, () => cursors.expire());
    this.every(SESSION_CHECK_MS, () => expireRecords(kv, commits, turns));
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const connection of this.connections) connection.destroy();
    if (this.net.listening) await new Promise((resolve) => this.net.close(resolve));
    await this.database.close();
  }

  async answer(connection: Connection, request: Request): Promise<Answer | null> {
    const answer = await dispatch(this.database, connection, request);
    if (request.opcode === OP_MSG) answer?.addRaw(this.times());
    return answer;
  }

  closed(connection: Connection): void {
    this.connections.delete(connection);
  }

  /** The cluster's time, which every answer carries. */
  private times(): Buffer {
    const time = this.database.log.nextTime();
    const key = time.toString();
    if (this.stamp.key !== key) {
      const signature = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };
      const fields = rawFields({
        $clusterTime: { clusterTime: time, signature },
        operationTime: time,
      });
      this.stamp = { key, fields };
    }
    return this.stamp.fields;
  }

  private every(ms: number, work: () => void | Promise<void>): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      void Promise.resolve()
        .then(work)
        .catch((error: unknown) => this.fault(error))
        .finally(() => {
          running = false;
        });
    }, ms);
    timer.unref();
    this.timers.push(timer);
  }

  private fault(error: unknown): void {
    this.options.onFault?.(error);
  }
}
