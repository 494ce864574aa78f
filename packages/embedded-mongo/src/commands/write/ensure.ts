import { MongoError } from '../../errors.ts';
import type { Collection, Unit } from '../../store/index.ts';
import { TRANSIENT } from '../../txn/transactions.ts';
import type { Doc } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { collectionOf, refuseView } from '../read/select.ts';

/**
 * The collection of that name, made when there is none.
 * @throws MongoError 166 when it is a view, 73 when the name is not allowed
 */
export async function ensureCollection(call: Call, db: string, name: string): Promise<Collection> {
  const known = collectionOf(call, name, db);
  refuseView(known);
  return known ?? makeCollection(call, db, name);
}

/** Makes a collection or view unless it is there; inside a transaction only for this one until it commits. */
export function makeCollection(
  call: Call,
  db: string,
  name: string,
  options: Doc = {},
): Promise<Collection> {
  // A transaction's changes reach the store when it commits; an unborn collection is there before.
  return call.database.writer.one(
    call.outside(),
    (unit) => collectionOf(call, name, db) ?? create(call, unit, db, name, options),
  );
}

function create(call: Call, unit: Unit, db: string, name: string, options: Doc): Collection {
  const { catalog, transactions } = call.database;
  const { txn } = call;
  transactions.refuseMade(catalog.holder(db, name), txn);
  if (txn && !txn.active)
    throw new MongoError(251, `Transaction ${txn.number} has been aborted.`, TRANSIENT);
  const made = catalog.create(unit.view, db, name, options, txn);
  txn?.made.add(made);
  return made;
}

/**
 * The collection at the moment of a write: it may have been dropped since the command began.
 * @throws MongoError 112 inside a transaction when it is gone
 */
export function presentCollection(call: Call, unit: Unit, db: string, name: string): Collection {
  const known = collectionOf(call, name, db);
  if (known) return known;
  if (unit.direct) return create(call, unit, db, name, {});
  throw new MongoError(112, `Collection ${db}.${name} was dropped meanwhile.`, TRANSIENT);
}
