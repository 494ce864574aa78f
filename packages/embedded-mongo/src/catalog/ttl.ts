import type { Database } from '../database.ts';
import { Selection } from '../plan/index.ts';
import { type Collection, type CollectionIndex, removeDocument } from '../store/index.ts';
import type { Writing } from '../txn/writer.ts';
import { type Doc, isNum, toNumber } from '../values/index.ts';

/** @see https://www.mongodb.com/docs/manual/core/index-ttl/#timing-of-the-delete-operation */
export const TTL_INTERVAL_MS = 60_000;

const DOCUMENTS_PER_SLICE = 200;

/** Removes documents whose time is over, by every TTL index. */
export async function removeExpired(
  database: Database,
  who: Writing,
  now = Date.now(),
): Promise<void> {
  for (const c of database.catalog.all())
    for (const index of c.indexes)
      if (index.spec['expireAfterSeconds'] !== undefined && !index.building)
        await removeExpiredBy(database, who, c, index, now);
}

async function removeExpiredBy(
  database: Database,
  who: Writing,
  c: Collection,
  index: CollectionIndex,
  now: number,
): Promise<void> {
  const seconds = index.spec['expireAfterSeconds'];
  const before = new Date(now - (isNum(seconds) ? toNumber(seconds) : 0) * 1000);
  const partial = index.spec['partialFilterExpression'] as Doc | undefined;
  const over = { [index.fields[0] as string]: { $lt: before } };
  await database.writer.run(who, (unit) => {
    if (c.dropped || !c.indexes.includes(index)) return 'done';
    const selection = new Selection(unit.view, c, {
      filter: partial ? { $and: [partial, over] } : over,
      limit: DOCUMENTS_PER_SLICE,
      hint: index.name,
    });
    const rows = selection.all();
    for (const row of rows) removeDocument(unit, c, row.id, row.doc);
    return rows.length < DOCUMENTS_PER_SLICE ? 'done' : 'more';
  });
}
