import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { buildIndex } from '../catalog/index-build.ts';
import { existingIndex, readIndexSpec } from '../catalog/index-spec.ts';
import { insertRaw } from '../commands/write/statements.ts';
import type { Database } from '../database.ts';
import type { Collection } from '../store/index.ts';
import { EJSON } from 'bson';
import { decode, encode, type Doc } from '../values/index.ts';
import { readOptions, required } from './arguments.ts';
import { ALONE, alone, tell } from './folder.ts';

const METADATA = '.metadata.json';
const DOCUMENTS = '.bson';
const READ_BYTES = 1 << 20;
/** Options of MongoDB that mean nothing here and are left out. */
const LEFT_OUT = new Set(['uuid', 'storageEngine', 'recordIdsReplicated']);

/**
 * `import --dir DIR --from FOLDER`: reads the layout of mongodump. Collections that have documents
 * already are refused.
 */
export async function importFolder(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ['dir', 'from']);
  const from = path.resolve(required(options, 'from'));
  if (!existsSync(from)) throw new Error(`There is no folder ${from}. Check its name.`);
  const dir = path.resolve(required(options, 'dir'));
  const importAll = async (database: Database): Promise<void> => {
    for (const db of readdirSync(from)) {
      const folder = path.join(from, db);
      if (!statSync(folder).isDirectory()) continue;
      for (const name of collectionsIn(folder))
        await importCollection(database, db, path.join(folder, name));
    }
  };
  await alone(dir, importAll, { mayBeNew: true });
}

function collectionsIn(folder: string): string[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(METADATA) || name.endsWith(DOCUMENTS))
    .map((name) => name.replace(METADATA, '').replace(DOCUMENTS, ''));
  return [...new Set(names)].filter((name) => !name.startsWith('system.'));
}

async function importCollection(database: Database, db: string, file: string): Promise<void> {
  const metadata = readMetadata(`${file}${METADATA}`);
  const name = String(metadata['collectionName'] ?? decodeURIComponent(path.basename(file)));
  const c = await openCollection(
    database,
    db,
    name,
    (metadata['options'] as Doc | undefined) ?? {},
  );
  if (c.isView) return;
  const n = existsSync(`${file}${DOCUMENTS}`)
    ? await readDocuments(database, c, `${file}${DOCUMENTS}`)
    : 0;
  for (const given of (metadata['indexes'] as Doc[] | undefined) ?? []) {
    const spec = readIndexSpec(given, c);
    if (!existingIndex(c, spec)) await buildIndex(database, ALONE, c, spec);
  }
  tell(`${c.ns}: ${n} documents, ${c.indexes.length} indexes`);
}

/** The metadata in the types that a command would have. */
function readMetadata(file: string): Doc {
  if (!existsSync(file)) return {};
  const parsed = EJSON.parse(readFileSync(file, 'utf8'), { relaxed: false }) as Doc;
  return decode(encode(unwrapNumbers(parsed) as Doc));
}

/** EJSON gives number objects that the encoder knows only in part. */
function unwrapNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapNumbers);
  if (value === null || typeof value !== 'object') return value;
  const { _bsontype: type } = value as { _bsontype?: string };
  if (type === 'Int32') return Number(value);
  if (type !== undefined || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, unwrapNumbers(v)]));
}

async function openCollection(
  database: Database,
  db: string,
  name: string,
  options: Doc,
): Promise<Collection> {
  const known = database.catalog.get(db, name);
  if (known?.count)
    throw new Error(
      `The collection ${known.ns} has documents already. Import into an empty folder, or drop it first.`,
    );
  if (known) return known;
  const kept = Object.fromEntries(
    Object.entries(options).filter(([option]) => !LEFT_OUT.has(option)),
  );
  return database.writer.one(ALONE, (unit) => database.catalog.create(unit.view, db, name, kept));
}

async function readDocuments(database: Database, c: Collection, file: string): Promise<number> {
  const documents = documentsOf(file);
  let n = 0;
  await database.writer.run(ALONE, (unit, end) => {
    for (let next = documents.next(); !next.done; next = documents.next()) {
      // Whoever exported them had validated them, or had reasons not to.
      insertRaw(unit, c, next.value, true);
      n++;
      if (performance.now() > end) return 'more';
    }
    return 'done';
  });
  return n;
}

/** The BSON documents of a file, one after the other. */
function* documentsOf(file: string): Generator<Buffer> {
  const fd = openSync(file, 'r');
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(READ_BYTES);
      const n = readSync(fd, chunk, 0, READ_BYTES, null);
      if (!n) break;
      rest = Buffer.concat([rest, chunk.subarray(0, n)]);
      let at = 0;
      while (at + 4 <= rest.length) {
        const size = rest.readInt32LE(at);
        if (size < 5) throw new Error(`The file ${file} is not BSON.`);
        if (at + size > rest.length) break;
        yield rest.subarray(at, at + size);
        at += size;
      }
      rest = rest.subarray(at);
    }
    if (rest.length) throw new Error(`The file ${file} is cut off in the middle of a document.`);
  } finally {
    closeSync(fd);
  }
}
