import type { Socket } from 'node:net';
import type { Answer } from './answer.ts';
import { HEADER_BYTES, MAX_MESSAGE_BYTES, readMessage, type Request } from './message.ts';

/** Cuts a stream of bytes into messages. */
export class MessageCutter {
  private parts: Buffer[] = [];
  private have = 0;

  /** Takes bytes and gives the messages that are whole now. @throws when a length is impossible */
  *push(bytes: Buffer): Generator<Buffer> {
    this.parts.push(bytes);
    this.have += bytes.length;
    while (this.have >= 4) {
      if ((this.parts[0] as Buffer).length < 4) this.join();
      const size = (this.parts[0] as Buffer).readInt32LE(0);
      if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES + 16_384)
        throw new RangeError(`a message of ${size} bytes`);
      if (this.have < size) return;
      const all = this.join();
      this.parts = this.have > size ? [all.subarray(size)] : [];
      this.have -= size;
      yield all.subarray(0, size);
    }
  }

  private join(): Buffer {
    if (this.parts.length > 1) this.parts = [Buffer.concat(this.parts)];
    return this.parts[0] as Buffer;
  }
}

/** What answers the commands of a connection. */
export interface Answering {
  /** The answer, or null to close the connection without one. */
  answer(connection: Connection, request: Request): Promise<Answer | null>;
  closed(connection: Connection): void;
}

/** One client. Its commands are answered in the order they came. */
export class Connection {
  readonly id: number;
  /** What the client calls itself, as its first hello says. */
  appName: string | undefined;
  /** Whether the client is still there. */
  alive = true;
  private readonly socket: Socket;
  private readonly cutter = new MessageCutter();
  private readonly answering: Answering;
  private tail: Promise<void> = Promise.resolve();

  constructor(id: number, socket: Socket, answering: Answering) {
    this.id = id;
    this.socket = socket;
    this.answering = answering;
    socket.setNoDelay(true);
    // A broken pipe is a client that went away; `close` follows and says so.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.alive = false;
      answering.closed(this);
    });
    socket.on('data', (bytes) => this.receive(bytes));
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.socket.destroy();
  }

  private receive(bytes: Buffer): void {
    try {
      for (const message of this.cutter.push(bytes)) {
        const request = readMessage(message);
        this.tail = this.tail.then(() => this.reply(request)).catch(() => this.destroy());
      }
    } catch {
      // Whoever sends what is no message of the protocol gets no answer in it.
      this.destroy();
    }
  }

  private async reply(request: Request): Promise<void> {
    if (!this.alive) return;
    const answer = await this.answering.answer(this, request);
    if (!answer) return this.destroy();
    if (request.silent) return answer.release();
    // After an error nobody knows who still looks at the bytes.
    this.socket.write(answer.message(request), (error) => error ?? answer.release());
  }
}
