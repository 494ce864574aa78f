import { ObjectId } from 'bson';
import { buildIndex } from '../../catalog/index-build.ts';
import { MongoError } from '../../errors.ts';
import type { Source } from '../../session/cursors.ts';
import { insertDocument } from '../../store/index.ts';
import { encode, isPlain, show, typeName, type Value } from '../../values/index.ts';
import { flag } from '../arguments.ts';
import type { Call } from '../call.ts';
import { dropCollection } from '../schema/drop.ts';
import { INTERNAL, storeEach, withId } from './store-each.ts';

function target(call: Call, given: Value): { db: string; coll: string } {
  if (typeof given !== 'string' && !isPlain(given))
    throw new MongoError(
      16990,
      `$out only supports a string or object argument, but found ${typeName(given)}`,
    );
  const { db, coll } = typeof given === 'string' ? { db: call.db, coll: given } : given;
  if (typeof db !== 'string' || typeof coll !== 'string')
    throw new MongoError(
      16994,
      `If an object is passed to $out it must have exactly 2 fields: 'db' and 'coll'. ${show(given)}`,
    );
  if (INTERNAL.has(db)) throw new MongoError(31321, `Can't $out to internal database: ${db}`);
  return { db, coll };
}

/**
 * The collection appears, or changes, in one moment at the end.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/out/
 */
export async function replaceCollection(call: Call, given: Value, source: Source): Promise<void> {
  const { db, coll } = target(call, given);
  const { database } = call;
  const { catalog, writer } = database;
  const bypass = flag(call.command['bypassDocumentValidation']);
  const old = database.catalog.get(db, coll);
  if (old?.isView) throw new MongoError(166, `Namespace ${old.ns} is a view, not a collection`);
  const made = await writer.one(call, (unit) =>
    catalog.create(
      unit.view,
      db,
      `tmp.agg_out.${new ObjectId().toHexString()}`,
      old?.options ?? {},
    ),
  );
  try {
    await storeEach(call, source, (unit, doc) => {
      const whole = withId(doc);
      insertDocument(unit, made, whole, encode(whole), bypass);
    });
    for (const index of old?.indexes.slice(1) ?? [])
      await buildIndex(database, call, made, index.spec);
  } catch (error) {
    await writer.one(call.outside(), (unit) => catalog.drop(unit.view, made));
    throw error;
  }
  await writer.one(call, (unit) => {
    const present = catalog.get(db, coll);
    if (present) dropCollection(call, unit, present);
    catalog.rename(unit.view, made, db, coll);
  });
  database.garbage.sweep();
}
