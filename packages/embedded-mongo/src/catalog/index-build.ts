import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { sliceEnd } from '../kv/turns.ts';
import { Rows } from '../plan/index.ts';
import {
  type Collection,
  type CollectionIndex,
  type DocumentKeys,
  documentKey,
  duplicateKey,
  entryKey,
  indexRange,
  type IndexSpec,
  refuseDuplicate,
  ROW_ID_BYTES,
  rowOf,
} from '../store/index.ts';
import type { Writing } from '../txn/writer.ts';
import { decode } from '../values/index.ts';
import { existingIndex } from './index-spec.ts';
import { SortedRuns } from './sorted-runs.ts';

const PRESENT = Buffer.from([1]);

/**
 * Builds an index while others read and write: it is announced first, so that writers keep it up
 * to date for the rows they touch; then the rest is read, sorted (on disk where memory does not
 * suffice) and put in, slice by slice. Does nothing when there is such an index already, be it one
 * that is just being built.
 * @throws MongoError 11000 when it is unique and two documents agree; the index is then gone again
 * @see https://www.mongodb.com/docs/manual/core/index-creation/
 */
export async function buildIndex(
  database: Database,
  who: Writing,
  c: Collection,
  spec: IndexSpec,
): Promise<void> {
  const { catalog, writer, transactions } = database;
  const index = await writer.one(who, (unit) =>
    existingIndex(c, spec)
      ? null
      : catalog.addIndex(unit.view, c, spec, new Set(transactions.touching(c))),
  );
  if (!index) return;
  const runs = new SortedRuns(database.spills, database.budget.indexBuildBytes);
  try {
    // A transaction that wrote before does not know of the index.
    for (const txn of transactions.touching(c)) await who.patience(txn.over);
    await readKeys(database, who, c, index, runs);
    await putKeys(database, who, c, index, runs);
  } catch (error) {
    // Without patience: whoever asked may be gone, but half an index must not stay.
    await writer.one(UNHURRIED, (unit) => {
      if (!c.dropped) catalog.dropIndex(unit.view, c, index);
    });
    database.garbage.sweep();
    throw error;
  } finally {
    runs.close();
  }
}

const UNHURRIED: Writing = {
  txn: undefined,
  checkpoint: () => undefined,
  patience: (promise) => promise,
};

async function readKeys(
  database: Database,
  who: Writing,
  c: Collection,
  index: CollectionIndex,
  runs: SortedRuns,
): Promise<void> {
  const rows = new Rows(database.kv, c, { kind: 'collection', reverse: false, sorted: true });
  const breathe = async (): Promise<number> => {
    rows.suspend();
    who.checkpoint();
    refuseGone(c, index);
    await database.turns.next();
    return sliceEnd();
  };
  try {
    for (let end = sliceEnd(), n = 1; ; n++) {
      const row = rows.next();
      if (!row) break;
      const found = index.keysOf(row.doc);
      if (found) addKeys(index, found, row.id, runs);
      if (n % 32 === 0 && performance.now() > end) end = await breathe();
      if (!runs.full) continue;
      for (const _ of runs.spill()) if (performance.now() > end) end = await breathe();
    }
  } finally {
    rows.suspend();
  }
}

function addKeys(index: CollectionIndex, found: DocumentKeys, row: number, runs: SortedRuns): void {
  index.learn(found);
  for (const key of found.keys) runs.add(entryKey(index.prefix, key, row));
}

async function putKeys(
  database: Database,
  who: Writing,
  c: Collection,
  index: CollectionIndex,
  runs: SortedRuns,
): Promise<void> {
  const { catalog, writer, transactions } = database;
  const keys = runs.read();
  await writer.run(who, (unit, end) => {
    refuseGone(c, index);
    database.refuseWhenFull();
    for (let n = 1; ; n++) {
      const next = keys.next();
      if (next.done) break;
      const key = next.value;
      const row = rowOf(key);
      if (index.building?.touched.has(row)) continue;
      if (index.unique) refuseOther(database, c, index, key, row);
      unit.view.put(key, PRESENT);
      if (n % 32 === 0 && performance.now() > end) return 'more';
    }
    index.building = null;
    index.unseenBy = transactions.viewsWithout(c);
    catalog.save(unit.view, c);
    return 'done';
  });
}

/** @throws MongoError 11000 when another row has the same key already */
function refuseOther(
  database: Database,
  c: Collection,
  index: CollectionIndex,
  key: Buffer,
  row: number,
): void {
  const ordered = key.subarray(index.prefix.length, key.length - ROW_ID_BYTES);
  const raw = database.kv.get(documentKey(c.id, row));
  if (!raw) return;
  if (index.lossy) return refuseDuplicate(database.kv, c, index, ordered, row, decode(raw));
  const lo = key.subarray(0, key.length - ROW_ID_BYTES);
  const scan = database.kv.scan(lo, indexRange(index.id).hi, false, false);
  const found = scan.next();
  scan.close();
  if (!found || found.length !== key.length || rowOf(found) === row) return;
  if (found.compare(key, 0, lo.length, 0, lo.length) === 0)
    throw duplicateKey(c, index, decode(raw));
}

function refuseGone(c: Collection, index: CollectionIndex): void {
  if (c.dropped || !c.indexes.includes(index))
    throw new MongoError(
      276,
      `Index build failed: index ${index.name} or its collection was dropped`,
    );
}
