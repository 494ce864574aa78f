import type { Collection } from '../../store/index.ts';
import { MongoError } from '../../errors.ts';
import type { Variables } from '../../expression/index.ts';
import { type Select, Selection } from '../../plan/index.ts';
import type { Doc, Value } from '../../values/index.ts';
import type { Call } from '../call.ts';

/**
 * Whether what a command does may go to disk for want of memory.
 * @see https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.allowDiskUseByDefault
 */
export const mayUseDisk = (call: Call): boolean => call.command['allowDiskUse'] !== false;

/** A selection over what the call sees, within the database's memory budget. */
export function select(call: Call, c: Collection, wanted: Select): Selection {
  return new Selection(call.view, c, {
    sortRoom: {
      maxBytes: call.database.budget.sortBytes,
      spills: mayUseDisk(call) ? call.database.spills : undefined,
    },
    ...wanted,
  });
}

/** The collection of that name as the call sees it, or undefined; a view stays a view. */
export const collectionOf = (call: Call, name: string, db = call.db): Collection | undefined =>
  call.database.catalog.get(db, name, call.txn);

/** @throws MongoError 166 when it is a view */
export function refuseView(c: Collection | undefined): void {
  if (c?.isView) throw new MongoError(166, `Namespace ${c.ns} is a view, not a collection`);
}

/** What find, count, distinct and the writes have in common. */
export interface Filtering {
  filter: Doc;
  hint?: Value;
  collation?: Doc | undefined;
  variables?: Variables | undefined;
}
