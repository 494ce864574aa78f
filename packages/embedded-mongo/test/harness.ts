import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from 'embedded-mongo';

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
