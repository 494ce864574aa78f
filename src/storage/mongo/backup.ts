import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Connection, mongo } from 'mongoose';
import {
  DamagedBackup,
  FORMAT,
  frame,
  fromBson,
  fromOwnBson,
  KIND,
  readFrames,
  toBson,
  VERSION,
} from './backup-format.ts';
import type { Doc } from './documents.ts';

/** How much a backup or a restore moved. */
interface Moved {
  collections: number;
  documents: number;
}

const BATCH_DOCUMENTS = 1000;
const BATCH_BYTES = 4 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

/**
 * Writes every collection with its indexes into one file, which appears under its name when it is complete. Read
 * collection by collection: what changes meanwhile may be in it or not, and numbers given out are never behind.
 */
export async function backupTo(connection: Connection, file: string): Promise<Moved> {
  const moved: Moved = { collections: 0, documents: 0 };
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  try {
    await pipeline(
      Readable.from(chunksOf(dump(databaseOf(connection), moved))),
      createGzip(),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    );
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return moved;
}

/**
 * Puts a backup into the database. The whole file is checked before anything is touched; a database that holds something
 * is refused unless `force`, which empties it first. Throws `DamagedBackup` for a file that is none.
 */
export async function restoreFrom(
  connection: Connection,
  file: string,
  { force = false }: { force?: boolean } = {},
): Promise<Moved> {
  await check(file);
  const db = databaseOf(connection);
  const filled = await filledCollection(db);
  if (filled !== null && !force) {
    throw new Error(
      `The database is not empty (there is something in ${filled}). Use --force to replace all that is in it.`,
    );
  }
  await db.dropDatabase();
  return load(db, file);
}

function databaseOf(connection: Connection): mongo.Db {
  if (!connection.db) throw new Error('The database connection is not open yet.');
  return connection.db;
}

async function collectionNames(db: mongo.Db): Promise<string[]> {
  const listed = await db.listCollections({}, { nameOnly: false }).toArray();
  const names = listed
    .filter(({ name, type }) => type !== 'view' && !name.startsWith('system.'))
    .map(({ name }) => name);
  // Counters last: a number given out while the backup ran must not be given again after a restore.
  return names.toSorted(
    (a, b) => Number(a === 'counters') - Number(b === 'counters') || (a < b ? -1 : 1),
  );
}

async function filledCollection(db: mongo.Db): Promise<string | null> {
  for (const name of await collectionNames(db)) {
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) return name;
  }
  return null;
}

async function* dump(db: mongo.Db, moved: Moved): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const header = { format: FORMAT, version: VERSION, createdAt: new Date() };
  yield frame(KIND.header, toBson(header), hash);
  for (const name of await collectionNames(db)) {
    const indexes = (await db.collection(name).listIndexes().toArray()).filter(
      (index) => index.name !== '_id_',
    );
    yield frame(KIND.collection, toBson({ name, indexes }), hash);
    moved.collections++;
    for await (const raw of db
      .collection(name)
      .find({}, { raw: true, batchSize: BATCH_DOCUMENTS })) {
      yield frame(KIND.document, raw as unknown as Buffer, hash);
      moved.documents++;
    }
  }
  yield frame(KIND.end, toBson({ ...moved, sha256: hash.copy().digest('hex') }), hash);
}

/** Small frames gathered, so that the compressor is not called for each document. */
async function* chunksOf(frames: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const bytes of frames) {
    waiting.push(bytes);
    size += bytes.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat(waiting);
}

/** Reads the file to its end without keeping anything. */
async function check(file: string): Promise<void> {
  let first = true;
  let collections = 0;
  let documents = 0;
  for await (const { kind, raw } of readFrames(file)) {
    if (first) {
      const header = kind === KIND.header ? fromOwnBson(raw) : {};
      if (header.format !== FORMAT) throw new DamagedBackup(file, 'it is not a backup of Openline');
      if (header.version !== VERSION) {
        throw new DamagedBackup(
          file,
          `it has format ${String(header.version)}, this version reads ${VERSION}`,
        );
      }
      first = false;
    }
    if (kind === KIND.collection) collections++;
    if (kind === KIND.document) documents++;
    if (kind === KIND.end) {
      const end = fromOwnBson(raw);
      if (end.collections !== collections || end.documents !== documents) {
        throw new DamagedBackup(file, 'something is missing in it');
      }
    }
  }
}

async function load(db: mongo.Db, file: string): Promise<Moved> {
  const moved: Moved = { collections: 0, documents: 0 };
  const indexes: { name: string; indexes: Doc[] }[] = [];
  let into: mongo.Collection<Doc> | null = null;
  let batch: Doc[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (into && batch.length > 0) await into.insertMany(batch, { ignoreUndefined: false });
    moved.documents += batch.length;
    batch = [];
    size = 0;
  };
  for await (const { kind, raw } of readFrames(file)) {
    if (kind === KIND.collection) {
      await flush();
      const { name, indexes: its } = fromOwnBson(raw) as { name: string; indexes: Doc[] };
      into = await db.createCollection(name);
      indexes.push({ name, indexes: its });
      moved.collections++;
    } else if (kind === KIND.document) {
      batch.push(fromBson(raw));
      size += raw.length;
      if (batch.length >= BATCH_DOCUMENTS || size >= BATCH_BYTES) await flush();
    }
  }
  await flush();
  for (const { name, indexes: its } of indexes) {
    const specs = its.map(
      ({ v: _v, ns: _ns, ...index }) => index as { key: Record<string, 1 | -1> },
    );
    if (specs.length > 0) await db.collection(name).createIndexes(specs);
  }
  return moved;
}
