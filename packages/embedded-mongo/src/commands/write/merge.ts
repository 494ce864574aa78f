import { MongoError } from '../../errors.ts';
import { evalExpr, type Variables } from '../../expression/index.ts';
import { equal } from '../../order/index.ts';
import { type Row, Selection } from '../../plan/index.ts';
import type { Source } from '../../session/cursors.ts';
import {
  type Collection,
  type CollectionIndex,
  duplicateKey,
  insertDocument,
  type Unit,
  updateDocument,
} from '../../store/index.ts';
import { changed, compileUpdate } from '../../update/index.ts';
import {
  type Doc,
  encode,
  isArr,
  isNullish,
  own,
  type Value,
  valueAt,
} from '../../values/index.ts';
import { flag } from '../arguments.ts';
import type { Call } from '../call.ts';
import { ensureCollection, presentCollection } from './ensure.ts';
import { type MergeSpec, readMerge } from './merge-spec.ts';
import { storeEach, withId } from './store-each.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/merge/ */
export async function merge(call: Call, given: Value, source: Source): Promise<void> {
  const spec = readMerge(call, given);
  const bypass = flag(call.command['bypassDocumentValidation']);
  const c = await ensureCollection(call, spec.db, spec.coll);
  const index = mergeKey(c, spec.on);
  await storeEach(call, source, (unit, doc) => {
    const into = presentCollection(call, unit, spec.db, spec.coll);
    const whole = spec.on.includes('_id') ? withId(doc) : doc;
    const filter = Object.fromEntries(spec.on.map((path) => [path, joinValue(whole, path)]));
    const [row] = new Selection(unit.view, into, { filter, limit: 1 }).all();
    if (row) mergeInto(unit, into, index, row, whole, spec, bypass);
    else insertUnmatched(unit, into, whole, spec, bypass);
  });
}

/** @throws MongoError 51183 when nothing keeps the values apart that documents are joined by */
function mergeKey(c: Collection, on: readonly string[]): CollectionIndex {
  const wanted = [...on].sort().join();
  const index = c.indexes.find(
    (each) =>
      each.unique && !each.filter && !each.building && [...each.fields].sort().join() === wanted,
  );
  if (index) return index;
  throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

/** @throws MongoError 51132, 51185 when it is nothing to join by */
function joinValue(doc: Doc, path: string): Value {
  const value = valueAt(doc, path.split('.'));
  if (isNullish(value))
    throw new MongoError(
      51132,
      "$merge write error: 'on' field cannot be missing, null, undefined or an array",
    );
  if (isArr(value))
    throw new MongoError(51185, "$merge write error: 'on' field cannot be an array");
  return { $eq: value };
}

function mergeInto(
  unit: Unit,
  c: Collection,
  index: CollectionIndex,
  row: Row,
  doc: Doc,
  spec: MergeSpec,
  bypassValidation: boolean,
): void {
  const { matched } = spec;
  if (matched === 'keepExisting') return;
  const old = row.doc;
  if (matched === 'fail') throw found(c, index, old);
  const pipeline = isArr(matched as Value);
  if (!pipeline) refuseOtherId(old, doc);
  const after = pipeline
    ? compileUpdate(matched, { vars: variables(doc, spec) })(old)
    : { _id: old['_id'], ...(matched === 'replace' ? {} : old), ...doc };
  if (!changed(old, after)) return;
  const how = { replaced: matched === 'replace', bypassValidation };
  updateDocument(unit, c, row.id, old, after, encode(after), how);
}

function found(c: Collection, index: CollectionIndex, doc: Doc): MongoError {
  const { message, extra } = duplicateKey(c, index, doc);
  return new MongoError(
    11000,
    `$merge with whenMatched: fail found an existing document with the same values for the 'on' fields :: caused by :: ${message}`,
    { extra },
  );
}

function refuseOtherId(old: Doc, doc: Doc): void {
  const id = own(doc, '_id');
  if (id === undefined || equal(id, old['_id'])) return;
  throw new MongoError(
    66,
    "$merge failed to update the matching document, did you attempt to modify the _id or the shard key? :: caused by :: Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function variables(doc: Doc, spec: MergeSpec): Variables {
  if (!spec.bound) return { new: doc };
  const out: Record<string, Value> = {};
  for (const [name, expression] of Object.entries(spec.bound))
    out[name] = evalExpr(doc, expression, {});
  return out;
}

function insertUnmatched(
  unit: Unit,
  c: Collection,
  doc: Doc,
  spec: MergeSpec,
  bypassValidation: boolean,
): void {
  if (spec.unmatched === 'discard') return;
  if (spec.unmatched === 'fail')
    throw new MongoError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  const whole = withId(doc);
  insertDocument(unit, c, whole, encode(whole), bypassValidation);
}
