import path from 'node:path';
import { Supervisor } from './supervise/supervisor.ts';
import { socketPath } from './supervise/socket-path.ts';
import { WireClient } from './wire/client.ts';

/** How to run an embedded database. */
export interface EmbeddedMongoOptions {
  /** The folder that holds the data; made, and made private (0700), when it is missing. */
  dir: string;
  /** Where to accept clients; default a socket in `dir`, or in a private temporary folder where that path is too long. */
  socket?: string;
  /** Memory for sorts, index builds and caches of the database process, in megabytes; default 256. */
  memoryMb?: number;
  /** Told each time the database process was started again, and why it had ended. */
  onRestart?(reason: string): void;
  /** Told when the database cannot be started again; clients will fail from then on. */
  onFatal?(error: Error): void;
  /** Told what the database process prints. */
  log?(line: string): void;
}

/** A running embedded database. */
export interface EmbeddedMongo {
  /** For the driver, mongoose or agenda. The database is called `openline` unless they say otherwise. */
  uri: string;
  /** The process that serves now; 0 in the moment between two. */
  readonly pid: number;
  /** How many times the process was started again. */
  readonly restarts: number;
  /** Writes a consistent, compacted copy of all data while everything goes on. */
  snapshot(toFile: string): Promise<void>;
  /** Sizes in bytes; what is free is used again before the file grows. */
  stats(): Promise<{ fileBytes: number; freeBytes: number; collections: number }>;
  /** Ends the process if it is ours; clients should be closed before. */
  stop(): Promise<void>;
}

/**
 * Starts a database process for a folder, or joins the one that another program on this machine
 * already runs for it. The process ends with the program that started it; one that dies is started
 * again, and drivers' retries make that invisible.
 * @throws when the folder cannot be used or the data file is damaged, in one sentence for people
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const dir = path.resolve(options.dir);
  const socket = socketPath(dir, options.socket);
  const supervisor = new Supervisor({
    dir,
    socket,
    memoryMb: options.memoryMb,
    log: options.log,
    onRestart: options.onRestart,
    onFatal: options.onFatal,
  });
  await supervisor.start();
  return {
    uri: `mongodb://${encodeURIComponent(socket)}/openline?directConnection=true`,
    get pid() {
      return supervisor.pid;
    },
    get restarts() {
      return supervisor.restarts;
    },
    async snapshot(toFile) {
      await ask(socket, { embeddedSnapshot: path.resolve(toFile) });
    },
    async stats() {
      const { fileBytes, freeBytes, collections } = await ask(socket, { embeddedStats: 1 });
      return {
        fileBytes: Number(fileBytes),
        freeBytes: Number(freeBytes),
        collections: Number(collections),
      };
    },
    stop: () => supervisor.stop(),
  };
}

async function ask(socket: string, command: { [name: string]: string | number }) {
  const client = await WireClient.open(socket);
  try {
    return await client.command(command);
  } finally {
    client.close();
  }
}
