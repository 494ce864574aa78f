import { MongoError } from '../../errors.ts';
import type { Collection, Unit } from '../../store/index.ts';
import { TRANSIENT } from '../../txn/transactions.ts';
import type { Call } from '../call.ts';
import { refuseView } from '../read/select.ts';

/**
 * The collection of that name, made when there is none. It is made outside any transaction: an
 * empty collection that stays behind after an abort harms nobody.
 * @throws MongoError 166 when it is a view, 73 when the name is not allowed
 */
export async function ensureCollection(call: Call, db: string, name: string): Promise<Collection> {
  const { catalog, writer } = call.database;
  const known = catalog.get(db, name);
  refuseView(known);
  if (known) return known;
  return writer.one(
    call.outside(),
    (unit) => catalog.get(db, name) ?? catalog.create(unit.view, db, name),
  );
}

/**
 * The collection at the moment of a write: it may have been dropped since the command began.
 * @throws MongoError 112 inside a transaction when it is gone
 */
export function presentCollection(call: Call, unit: Unit, db: string, name: string): Collection {
  const { catalog } = call.database;
  const known = catalog.get(db, name);
  if (known) return known;
  if (unit.direct) return catalog.create(unit.view, db, name);
  throw new MongoError(112, `Collection ${db}.${name} was dropped meanwhile.`, TRANSIENT);
}
