import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { EJSON } from 'bson';
import type { Database } from '../database.ts';
import { Rows } from '../plan/index.ts';
import type { Collection } from '../store/index.ts';
import { readOptions, required } from './arguments.ts';
import { consistent, tell } from './folder.ts';

const WRITE_BYTES = 1 << 20;

/**
 * `export --dir DIR --to FOLDER`: all data in the layout of mongodump, for mongorestore or our own
 * import. A served folder is exported from a consistent copy.
 * @see https://www.mongodb.com/docs/database-tools/mongodump/#output
 */
export async function exportFolder(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ['dir', 'to']);
  const to = path.resolve(required(options, 'to'));
  if (existsSync(to) && readdirSync(to).length)
    throw new Error(`The folder ${to} is not empty. Name a new one.`);
  await consistent(path.resolve(required(options, 'dir')), async (database) => {
    for (const c of database.catalog.all()) {
      const folder = path.join(to, c.db);
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, fileName(c.name));
      writeFileSync(`${file}.metadata.json`, metadata(c));
      if (!c.isView) tell(`${c.ns}: ${writeDocuments(database, c, `${file}.bson`)} documents`);
    }
  });
}

/** A collection's name as a file's. */
const fileName = (name: string): string => encodeURIComponent(name);

function metadata(c: Collection): string {
  const document = {
    options: c.options,
    indexes: c.indexes.map((index) => index.spec),
    ...(c.isView ? {} : { uuid: c.uuid.toHexString(false) }),
    collectionName: c.name,
    type: c.isView ? 'view' : 'collection',
  };
  return `${EJSON.stringify(document, { relaxed: false })}\n`;
}

function writeDocuments(database: Database, c: Collection, file: string): number {
  const fd = openSync(file, 'wx', 0o600);
  const rows = new Rows(database.kv, c, { kind: 'collection', reverse: false, sorted: true });
  let pending: Buffer[] = [];
  let bytes = 0;
  let n = 0;
  const flush = (): void => {
    if (pending.length) writeSync(fd, Buffer.concat(pending));
    pending = [];
    bytes = 0;
  };
  try {
    for (let row = rows.next(); row; row = rows.next()) {
      pending.push(row.raw);
      bytes += row.raw.length;
      n++;
      if (bytes > WRITE_BYTES) flush();
    }
    flush();
  } finally {
    rows.suspend();
    closeSync(fd);
  }
  return n;
}
