import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Document } from 'bson';
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from 'embedded-mongo';
import { decode, type Doc, encode } from '../src/values/index.ts';
import { MessageCutter } from '../src/wire/connection.ts';
import { HEADER_BYTES } from '../src/wire/message.ts';
import { msgHead } from '../src/wire/reply.ts';

/** The command line of the package. */
export const COMMAND = fileURLToPath(new URL('../bin/embedded-mongo.js', import.meta.url));

/** A running database with a client, made for one test file. */
export interface Bench {
  dir: string;
  mongo: EmbeddedMongo;
  client: MongoClient;
  db: Db;
  stop(): Promise<void>;
}

/** A folder that nobody used before. */
export const freshFolder = (): string => mkdtempSync(path.join(tmpdir(), 'embedded-mongo-test-'));

/** Starts a database in a fresh folder, or in a given one, and connects to it. */
export async function startBench(
  options: Partial<EmbeddedMongoOptions> = {},
  clientOptions: MongoClientOptions = {},
): Promise<Bench> {
  const dir = options.dir ?? freshFolder();
  const mongo = await startEmbeddedMongo({ ...options, dir });
  const client = new MongoClient(mongo.uri, clientOptions);
  await client.connect();
  return {
    dir,
    mongo,
    client,
    db: client.db('test'),
    async stop() {
      await client.close();
      await mongo.stop();
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * How long this thread has worked so far, in milliseconds of the processor, where the system tells;
 * otherwise the whole process, with the threads in which V8 collects garbage beside.
 */
export const workedMs: () => number = existsSync('/proc/thread-self/schedstat')
  ? () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
  : () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };

/** What a command left behind. */
export interface Done {
  status: number | null;
  out: string;
  err: string;
}

/** Runs the package's command and gives what it said. */
export function run(...args: string[]): Promise<Done> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { timeout: 60_000 }, (error, out, err) => {
      resolve({ status: error ? Number(error.code ?? -1) : 0, out, err });
    });
  });
}

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** A reproducible source of chance. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed % 0x7fffffff || 1;
  }

  next(): number {
    this.state = (this.state * 48_271) % 0x7fffffff;
    return this.state / 0x7fffffff;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** Sends commands as they are: drivers put fields of their own into them. */
export class RawClient {
  private readonly socket: Socket;
  private readonly cutter = new MessageCutter();
  private readonly waiting: ((answer: Doc) => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      for (const message of this.cutter.push(bytes))
        this.waiting.shift()?.(decode(message.subarray(HEADER_BYTES + 5)));
    });
  }

  /** Connects to the socket that a connection string names. */
  static async open(uri: string): Promise<RawClient> {
    const socket = connect(decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? ''));
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** The answer, be it an error or not. */
  command(command: Document): Promise<Doc> {
    const document = encode({ ...command, $db: command['$db'] ?? 'test' });
    this.socket.write(Buffer.concat([msgHead(1, 0, document.length), document]));
    return this.next();
  }

  /** The next message that comes. */
  next(): Promise<Doc> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  close(): void {
    this.socket.destroy();
  }
}
