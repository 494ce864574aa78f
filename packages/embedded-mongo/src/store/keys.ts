// The whole file is one keyspace; the first byte says what a key is.
const CATALOG = 1;
const DOCUMENT = 2;
const INDEX = 3;
const COUNT = 4;
const SESSION = 5;
const META = 6;
const GARBAGE = 7;

/** Bytes of a row id at the end of a document's or an index entry's key. */
export const ROW_ID_BYTES = 6;

/** A half-open range of keys. */
export interface KeyRange {
  lo: Buffer;
  hi: Buffer;
}

function numbered(kind: number, id: number, more = 0): Buffer {
  const key = Buffer.alloc(5 + more);
  key[0] = kind;
  key.writeUInt32BE(id, 1);
  return key;
}

const all = (kind: number): KeyRange => ({ lo: Buffer.from([kind]), hi: Buffer.from([kind + 1]) });

/** The record of a collection: `<database>.<name>`. */
export const catalogKey = (ns: string): Buffer =>
  Buffer.concat([Buffer.from([CATALOG]), Buffer.from(ns)]);
export const catalogRange = (): KeyRange => all(CATALOG);

/** The namespace if the key is a catalog record. */
export const namespaceOf = (key: Buffer): string | undefined =>
  key[0] === CATALOG ? key.toString('utf8', 1) : undefined;

/** A document: collection, row id. Row ids ascend, so this is insertion order. */
export function documentKey(collection: number, row: number): Buffer {
  const key = numbered(DOCUMENT, collection, ROW_ID_BYTES);
  moveToRow(key, row);
  return key;
}
/** Makes a document's key that of another row. */
export function moveToRow(key: Buffer, row: number): void {
  key.writeUIntBE(row, key.length - ROW_ID_BYTES, ROW_ID_BYTES);
}
export const documentRange = (collection: number): KeyRange => ({
  lo: numbered(DOCUMENT, collection),
  hi: numbered(DOCUMENT, collection + 1),
});

/** Collection and row if the key is a document's. */
export const documentOf = (key: Buffer): { collection: number; row: number } | undefined =>
  key[0] === DOCUMENT ? { collection: key.readUInt32BE(1), row: rowOf(key) } : undefined;

/** The row id at the end of a document's or an index entry's key. */
export const rowOf = (key: Buffer): number =>
  key.readUIntBE(key.length - ROW_ID_BYTES, ROW_ID_BYTES);

export const indexPrefix = (index: number): Buffer => numbered(INDEX, index);
export const indexRange = (index: number): KeyRange => ({
  lo: numbered(INDEX, index),
  hi: numbered(INDEX, index + 1),
});

/** An index entry: index, ordered key, row id. */
export function entryKey(prefix: Buffer, ordered: Buffer, row: number): Buffer {
  const key = Buffer.allocUnsafe(prefix.length + ordered.length + ROW_ID_BYTES);
  prefix.copy(key);
  ordered.copy(key, prefix.length);
  key.writeUIntBE(row, key.length - ROW_ID_BYTES, ROW_ID_BYTES);
  return key;
}

/** How many documents a collection has. */
export const countKey = (collection: number): Buffer => numbered(COUNT, collection);

/** What a session did last, for retries. */
export const sessionKey = (id: Buffer): Buffer => Buffer.concat([Buffer.from([SESSION]), id]);
export const sessionRange = (): KeyRange => all(SESSION);

/** The next free id for collections and indexes. */
export const nextIdKey = (): Buffer => Buffer.from([META]);

/** A range of keys whose owner is gone and that is still to be removed. */
export const garbageKey = (range: KeyRange): Buffer =>
  Buffer.concat([Buffer.from([GARBAGE]), range.lo]);
export const garbageRange = (): KeyRange => all(GARBAGE);
/** The range a garbage record names. */
export const garbageOf = (key: Buffer, value: Buffer): KeyRange => ({
  lo: Buffer.from(key.subarray(1)),
  hi: Buffer.from(value),
});
