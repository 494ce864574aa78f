import { describeUpdate } from '../changes/describe-update.ts';
import { MongoError } from '../errors.ts';
import { decode, type Doc, encode, isArr, isPlain, isRegex } from '../values/index.ts';
import type { Collection } from './collection.ts';
import { type CollectionIndex, type DocumentKeys, ID_INDEX } from './collection-index.ts';
import { documentKey, entryKey, rowOf } from './keys.ts';
import { refuseDuplicate } from './unique.ts';
import { type Change, count, type Unit } from './unit.ts';

/** The greatest document, in bytes. @see https://www.mongodb.com/docs/manual/reference/limits/ */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const PRESENT = Buffer.from([1]);

/** Names of the things that transactions hold. */
export const lockName = {
  document: (c: Collection, row: number): string => `d${c.id}:${row}`,
  key: (index: CollectionIndex, key: Buffer): string => `k${index.id}:${key.toString('latin1')}`,
};

function checkId(doc: Doc): void {
  const id = doc['_id'];
  if (isArr(id)) throw new MongoError(2, "The '_id' value cannot be of type array");
  if (isRegex(id)) throw new MongoError(2, "The '_id' value cannot be of type regex");
  if (id === undefined) throw new MongoError(2, "The '_id' value cannot be of type undefined");
  if (!isPlain(id)) return;
  const operator = Object.keys(id).find((name) => name.startsWith('$'));
  if (operator === undefined) return;
  throw new MongoError(
    52,
    `_id fields may not contain '$'-prefixed fields: ${operator} is not valid for storage.`,
  );
}

function take(
  unit: Unit,
  c: Collection,
  i: CollectionIndex,
  key: Buffer,
  row: number,
  doc: Doc,
): void {
  unit.lock(lockName.key(i, key));
  refuseDuplicate(unit.view, c, i, key, row, doc);
}

/**
 * Stores a new document and its index entries, and gives its row id. Everything that can fail
 * fails before the first change.
 * @throws MongoError 2, 52, 121, 10334, 11000
 */
export function insertDocument(
  unit: Unit,
  c: Collection,
  doc: Doc,
  raw: Buffer,
  bypassValidation = false,
): number {
  if (raw.length > MAX_DOCUMENT_BYTES)
    throw new MongoError(
      10334,
      `BSONObj size: ${raw.length} (0x${raw.length.toString(16).toUpperCase()}) is invalid. Size must be between 0 and 16793600(16MB)`,
    );
  checkId(doc);
  if (!bypassValidation) c.validate(doc);
  if (c.isCapped) refuseUncappable(unit, c, raw);
  const row = c.nextRow;
  const entries: [CollectionIndex, DocumentKeys][] = [];
  for (const index of c.indexes) {
    const found = index.keysOf(doc);
    if (!found) continue;
    entries.push([index, found]);
    if (index.unique) for (const key of found.keys) take(unit, c, index, key, row, doc);
  }
  c.nextRow++;
  count(unit, c, 1);
  unit.view.put(documentKey(c.id, row), raw);
  for (const [index, found] of entries) {
    if (index.learn(found)) unit.changed.add(c);
    for (const key of found.keys) unit.view.put(entryKey(index.prefix, key, row), PRESENT);
    if (unit.direct) index.building?.touched.add(row);
  }
  unit.changes?.push({
    op: 'insert',
    db: c.db,
    coll: c.name,
    documentKey: { _id: doc['_id'] },
    fullDocument: raw,
  });
  if (c.isCapped) trimCapped(unit, c, raw.length);
  return row;
}

interface EntryChange {
  index: CollectionIndex;
  gone: Buffer[];
  come: Buffer[];
  found: DocumentKeys | null;
}

function entryChange(index: CollectionIndex, old: Doc, doc: Doc): EntryChange {
  const before = index.keysOf(old);
  const found = index.keysOf(doc);
  const had = new Map(before?.keys.map((key) => [key.toString('latin1'), key]));
  const come: Buffer[] = [];
  for (const key of found?.keys ?? []) {
    const known = had.delete(key.toString('latin1'));
    // The builder leaves touched rows to us, so entries that stay have to be written as well.
    if (!known || index.building) come.push(key);
  }
  return { index, gone: [...had.values()], come, found };
}

/**
 * Replaces a stored document and corrects its index entries.
 * @throws MongoError 121, 17419, 11000
 */
export function updateDocument(
  unit: Unit,
  c: Collection,
  row: number,
  old: Doc,
  doc: Doc,
  raw: Buffer,
  how: { replaced: boolean; bypassValidation?: boolean },
): void {
  unit.lock(lockName.document(c, row));
  if (raw.length > MAX_DOCUMENT_BYTES)
    throw new MongoError(
      17419,
      `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`,
    );
  if (!how.bypassValidation) c.validate(doc);
  if (c.isCapped) refuseUncappable(unit, c, raw);
  const entries: EntryChange[] = [];
  for (const index of c.indexes) {
    if (index.name === ID_INDEX || (!index.building && index.sameKeys(old, doc))) continue;
    const entry = entryChange(index, old, doc);
    if (index.unique) for (const key of entry.come) take(unit, c, index, key, row, doc);
    entries.push(entry);
  }
  for (const { index, gone, come, found } of entries) {
    for (const key of gone) unit.view.del(entryKey(index.prefix, key, row));
    for (const key of come) unit.view.put(entryKey(index.prefix, key, row), PRESENT);
    if (found && index.learn(found)) unit.changed.add(c);
    if (unit.direct) index.building?.touched.add(row);
  }
  if (c.isCapped) {
    c.bytes += raw.length - (unit.view.get(documentKey(c.id, row))?.length ?? 0);
    count(unit, c, 0);
  }
  unit.view.put(documentKey(c.id, row), raw);
  unit.changes?.push({
    op: how.replaced ? 'replace' : 'update',
    db: c.db,
    coll: c.name,
    documentKey: { _id: doc['_id'] },
    fullDocument: raw,
    ...imageOf(c, old),
    ...(how.replaced ? {} : { updateDescription: describeUpdate(old, doc) }),
  });
}

/** Removes a stored document and its index entries. */
export function removeDocument(unit: Unit, c: Collection, row: number, doc: Doc): void {
  unit.lock(lockName.document(c, row));
  for (const index of c.indexes) {
    const found = index.keysOf(doc);
    for (const key of found?.keys ?? []) unit.view.del(entryKey(index.prefix, key, row));
    if (unit.direct) index.building?.touched.add(row);
  }
  if (c.isCapped) c.bytes -= unit.view.get(documentKey(c.id, row))?.length ?? 0;
  unit.view.del(documentKey(c.id, row));
  count(unit, c, -1);
  const { db, name: coll } = c;
  unit.changes?.push({
    op: 'delete',
    db,
    coll,
    documentKey: { _id: doc['_id'] },
    ...imageOf(c, doc),
  });
}

const imageOf = (c: Collection, old: Doc): Pick<Change, 'before' | 'images'> =>
  c.keepsImages ? { before: encode(old), images: true } : {};

// However little is asked for.
const LEAST_CAPPED_BYTES = 4096;

const cappedBytes = (c: Collection): number =>
  Math.max(LEAST_CAPPED_BYTES, Number(c.options['size'] ?? Infinity));

/** @throws MongoError 2, 263 */
function refuseUncappable(unit: Unit, c: Collection, raw: Buffer): void {
  if (!unit.direct)
    throw new MongoError(
      263,
      `Collection '${c.ns}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
    );
  if (raw.length > cappedBytes(c))
    throw new MongoError(2, 'object to insert exceeds cappedMaxSize');
}

/** Removes the oldest documents until the collection is within its bounds again. */
function trimCapped(unit: Unit, c: Collection, added: number): void {
  c.bytes += added;
  const max = Number(c.options['max'] || Infinity);
  while (c.count + (unit.counts.get(c) ?? 0) > max || c.bytes > cappedBytes(c)) {
    const { lo, hi } = c.range;
    const scan = unit.view.scan(lo, hi, false, true);
    const key = scan.next();
    const doc = key && decode(scan.value());
    scan.close();
    if (!key || !doc) return;
    removeDocument(unit, c, rowOf(key), doc);
  }
}
