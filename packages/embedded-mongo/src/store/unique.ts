import { MongoError } from '../errors.ts';
import type { Reader } from '../kv/view.ts';
import { equal, UNDEF } from '../order/index.ts';
import { decode, type Doc, show, type Value } from '../values/index.ts';
import type { Collection } from './collection.ts';
import type { CollectionIndex } from './collection-index.ts';
import type { KeyValue } from './extract.ts';
import { documentKey, ROW_ID_BYTES, rowOf } from './keys.ts';

const AFTER_ALL_ROWS = Buffer.alloc(ROW_ID_BYTES + 1, 0xff);

const shown = (value: KeyValue): Value => (value === UNDEF ? null : ((value ?? null) as Value));

const snapshotUnavailable = (): MongoError =>
  new MongoError(
    246,
    'Unable to read from a snapshot due to pending collection catalog changes; please retry the operation.',
    { labels: ['TransientTransactionError'] },
  );

/** The error MongoDB gives for a second document under one unique key. */
export function duplicateKey(c: Collection, index: CollectionIndex, doc: Doc): MongoError {
  const row = index.valuesOf(doc)[0] ?? [];
  const keyValue: Doc = {};
  for (const [i, field] of index.fields.entries()) keyValue[field] = shown(row[i]);
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${c.ns} index: ${index.name} dup key: ${show(keyValue)}`,
    { extra: { keyPattern: index.spec.key, keyValue } },
  );
}

/**
 * Refuses a key that another row already holds.
 * @throws MongoError 11000, 246 in a transaction that began before the index was built
 */
export function refuseDuplicate(
  view: Reader,
  c: Collection,
  index: CollectionIndex,
  key: Buffer,
  row: number,
  doc: Doc,
): void {
  if (index.unseenBy.has(view)) throw snapshotUnavailable();
  const lo = Buffer.concat([index.prefix, key]);
  const scan = view.scan(lo, Buffer.concat([lo, AFTER_ALL_ROWS]), false, false);
  try {
    for (let found = scan.next(); found; found = scan.next()) {
      if (found.length !== lo.length + ROW_ID_BYTES) continue;
      const other = rowOf(found);
      if (other === row) continue;
      if (index.lossy && !sameValues(view, c, index, other, doc)) continue;
      throw duplicateKey(c, index, doc);
    }
  } finally {
    scan.close();
  }
}

/** Keys that were shortened, or of decimals, may agree although the values do not. */
function sameValues(
  view: Reader,
  c: Collection,
  index: CollectionIndex,
  other: number,
  doc: Doc,
): boolean {
  const stored = view.get(documentKey(c.id, other));
  if (!stored) return true;
  const mine = index.valuesOf(doc);
  return index
    .valuesOf(decode(stored))
    .some((theirs) =>
      mine.some((row) => row.every((value, i) => equal(shown(value), shown(theirs[i])))),
    );
}
