import { connect, type Socket } from 'node:net';
import { decode, type Doc, encode } from '../values/index.ts';
import { MessageCutter } from './connection.ts';
import { HEADER_BYTES } from './message.ts';
import { msgHead } from './reply.ts';

/** A small client for the few commands that a supervisor needs; one at a time. */
export class WireClient {
  private readonly socket: Socket;
  private readonly cutter = new MessageCutter();
  private id = 1;
  private waiting: { resolve(answer: Doc): void; reject(error: Error): void } | null = null;
  private gone: Error | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      for (const message of this.cutter.push(bytes)) {
        const { waiting } = this;
        this.waiting = null;
        waiting?.resolve(decode(message.subarray(HEADER_BYTES + 5)));
      }
    });
    socket.on('error', (error) => this.end(error));
    socket.on('close', () => this.end(new Error('the database closed the connection')));
  }

  /** @throws when nobody listens there */
  static open(socketPath: string): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(socketPath);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new WireClient(socket));
      });
    });
  }

  /** Calls `listener` when the connection is over. */
  onClose(listener: () => void): void {
    if (this.gone) listener();
    else this.socket.on('close', listener);
  }

  /** Runs a command; an answer that is an error is thrown. */
  async command(command: Doc): Promise<Doc> {
    if (this.gone) throw this.gone;
    const document = encode({ ...command, $db: command['$db'] ?? 'admin' });
    const answer = await new Promise<Doc>((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(Buffer.concat([msgHead(this.id++, 0, document.length), document]));
    });
    if (Number(answer['ok']) === 1) return answer;
    throw new Error(String(answer['errmsg']));
  }

  close(): void {
    this.socket.destroy();
  }

  unref(): void {
    this.socket.unref();
  }

  private end(error: Error): void {
    this.gone ??= error;
    const { waiting } = this;
    this.waiting = null;
    waiting?.reject(error);
  }
}
