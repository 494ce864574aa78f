import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Database } from '../database.ts';
import { checkFile, damageOf } from '../kv/file-check.ts';
import { checkFormat } from '../kv/format.ts';
import { FolderInUse, FolderLock } from '../kv/folder-lock.ts';
import { DATA_FILE } from '../kv/lmdb.ts';
import { WireClient } from '../wire/client.ts';
import type { Reading } from '../session/cursors.ts';
import type { Writing } from '../txn/writer.ts';

/** A tool works alone: nobody waits for it and nobody cancels it. */
export const ALONE: Writing & Reading = {
  txn: undefined,
  awaitMs: 0,
  checkpoint: () => undefined,
  patience: (promise) => promise,
  breathe: () => Promise.resolve(),
};

/** Says what is going on, for the person at the terminal. */
export const tell = (line: string): void => void process.stdout.write(`${line}\n`);

/** Looks at a data file before it is opened, where a page that is not whole would show as anything. */
export type Look = (file: string) => void;

/**
 * Works on a folder that nobody else has open.
 * @throws FolderInUse, DamagedFile, or when there is no database
 */
export async function alone<T>(
  dir: string,
  work: (database: Database) => Promise<T>,
  options: { mayBeNew?: boolean; look?: Look } = {},
): Promise<T> {
  const file = path.join(dir, DATA_FILE);
  if (!options.mayBeNew && !existsSync(file))
    throw new Error(`There is no database in ${dir}. Check the folder's name.`);
  return locked(dir, () => {
    checkFormat(dir);
    (options.look ?? checkFile)(file);
    return withDatabase(dir, work);
  });
}

/** Runs `work` while nobody else may open the folder. @throws FolderInUse */
export async function locked<T>(dir: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = await FolderLock.take(dir, {});
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Opens a folder, works on it, closes it. @throws DamagedFile */
export async function withDatabase<T>(
  dir: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const inClearWords = (error: unknown): unknown =>
    damageOf(error, path.join(dir, DATA_FILE)) ?? error;
  try {
    const database = new Database({
      dir,
      onFatal: (error) => {
        process.stderr.write(`embedded-mongo: ${String(inClearWords(error))}\n`);
        process.exit(1);
      },
    });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    throw inClearWords(error);
  }
}

/** Works on a folder, or, when a process serves it, on a copy that this process makes of itself. */
export async function consistent<T>(
  dir: string,
  work: (database: Database) => Promise<T>,
  look: Look = checkFile,
): Promise<T> {
  try {
    return await alone(dir, work, { look });
  } catch (error) {
    if (!(error instanceof FolderInUse) || !error.owner?.socket) throw error;
    return onCopy(dir, error.owner.socket, work, look);
  }
}

async function onCopy<T>(
  dir: string,
  socket: string,
  work: (database: Database) => Promise<T>,
  look: Look,
): Promise<T> {
  const copy = mkdtempSync(path.join(dir, 'copy-'));
  try {
    const client = await WireClient.open(socket);
    try {
      await client.command({ embeddedSnapshot: path.join(copy, DATA_FILE) });
    } finally {
      client.close();
    }
    look(path.join(copy, DATA_FILE));
    return await withDatabase(copy, work);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
