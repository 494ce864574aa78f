import { ObjectId } from 'bson';
import { MongoError } from '../../errors.ts';
import { type Row, Selection } from '../../plan/index.ts';
import type { Source } from '../../session/cursors.ts';
import { type Collection, insertDocument, type Unit, updateDocument } from '../../store/index.ts';
import { changed, compileUpdate } from '../../update/index.ts';
import { decode, type Doc, encode, isArr, isPlain, own, type Value } from '../../values/index.ts';
import { buildIndex } from '../../catalog/index-build.ts';
import { evalExpr, type Variables } from '../../expression/index.ts';
import type { Call } from '../call.ts';
import { dropCollection } from '../schema/drop.ts';
import { ensureCollection, presentCollection } from './ensure.ts';

const BATCH = 500;

/** Writes what a pipeline gives where its last stage says. */
export function writeResults(call: Call, stage: Doc, source: Source): Promise<void> {
  if (call.txn)
    throw new MongoError(263, `${Object.keys(stage)[0]} cannot be used in a transaction`);
  return stage['$out'] === undefined
    ? merge(call, stage['$merge'], source)
    : replaceCollection(call, stage['$out'], source);
}

/** Hands a source's documents over, slice by slice. */
async function store(
  call: Call,
  source: Source,
  put: (unit: Unit, doc: Doc) => void,
): Promise<void> {
  try {
    for (let done = false; !done; ) {
      const batch = await source.batch(BATCH, call);
      done = batch.done;
      let at = 0;
      await call.database.writer.run(call, (unit, end) => {
        for (; at < batch.documents.length; ) {
          put(unit, decode(batch.documents[at] as Uint8Array));
          at++;
          if (performance.now() > end) return at < batch.documents.length ? 'more' : 'done';
        }
        return 'done';
      });
    }
  } finally {
    source.close();
  }
}

const withId = (doc: Doc): Doc =>
  own(doc, '_id') === undefined ? { _id: new ObjectId(), ...doc } : doc;

function target(call: Call, given: Value, stage: string): { db: string; coll: string } {
  if (typeof given === 'string') return { db: call.db, coll: given };
  if (isPlain(given) && typeof given['coll'] === 'string')
    return { db: typeof given['db'] === 'string' ? given['db'] : call.db, coll: given['coll'] };
  throw new MongoError(16990, `${stage} only supports a string or object argument`);
}

/**
 * The collection appears, or changes, in one moment at the end.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/out/
 */
async function replaceCollection(call: Call, given: Value, source: Source): Promise<void> {
  const { db, coll } = target(call, given, '$out');
  const { database } = call;
  const { catalog, writer } = database;
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
    await store(call, source, (unit, doc) => {
      const whole = withId(doc);
      insertDocument(unit, made, whole, encode(whole));
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

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'];
const UNMATCHED = ['insert', 'discard', 'fail'];

interface MergeSpec {
  db: string;
  coll: string;
  on: string[];
  matched: string | Value[];
  unmatched: string;
  bound: Doc | undefined;
}

function readMerge(call: Call, given: Value): MergeSpec {
  const spec: Doc = isPlain(given) ? given : { into: given };
  const on = spec['on'] ?? '_id';
  const matched = spec['whenMatched'] ?? 'merge';
  const unmatched = spec['whenNotMatched'] ?? 'insert';
  if (!isArr(matched) && !MATCHED.includes(matched as string))
    throw new MongoError(
      2,
      `Enumeration value '${String(matched)}' for field 'whenMatched' is not a valid value.`,
    );
  if (!UNMATCHED.includes(unmatched as string))
    throw new MongoError(
      2,
      `Enumeration value '${String(unmatched)}' for field 'whenNotMatched' is not a valid value.`,
    );
  const bound = spec['let'];
  return {
    ...target(call, spec['into'], '$merge'),
    on: (isArr(on) ? on : [on]).map(String),
    matched: isArr(matched) ? matched : (matched as string),
    unmatched: unmatched as string,
    bound: isPlain(bound) ? bound : undefined,
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/merge/ */
async function merge(call: Call, given: Value, source: Source): Promise<void> {
  const spec = readMerge(call, given);
  const c = await ensureCollection(call, spec.db, spec.coll);
  checkMergeKey(c, spec.on);
  await store(call, source, (unit, doc) => {
    const into = presentCollection(call, unit, spec.db, spec.coll);
    const whole = spec.on.includes('_id') ? withId(doc) : doc;
    const filter = Object.fromEntries(spec.on.map((field) => [field, own(whole, field) ?? null]));
    const [row] = new Selection(unit.view, into, { filter, limit: 1 }).all();
    if (row) mergeInto(unit, into, row, whole, spec);
    else insertUnmatched(unit, into, whole, spec);
  });
}

function checkMergeKey(c: Collection, on: readonly string[]): void {
  const wanted = [...on].sort().join();
  const covers = c.indexes.some(
    (index) => index.unique && [...index.fields].sort().join() === wanted,
  );
  if (!covers)
    throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function mergeInto(unit: Unit, c: Collection, row: Row, doc: Doc, spec: MergeSpec): void {
  const { matched } = spec;
  if (matched === 'keepExisting') return;
  if (matched === 'fail')
    throw new MongoError(
      11000,
      `$merge with whenMatched: fail found an existing document with the same values for the 'on' fields`,
    );
  const old = row.doc;
  const after = isArr(matched as Value)
    ? compileUpdate(matched, { vars: mergeVariables(doc, spec) })(old)
    : { ...(matched === 'replace' ? { _id: old['_id'] } : old), ...doc, ...keepId(old) };
  if (changed(old, after))
    updateDocument(unit, c, row.id, old, after, encode(after), { replaced: true });
}

const keepId = (old: Doc): Doc => ({ _id: old['_id'] });

function mergeVariables(doc: Doc, spec: MergeSpec): Variables {
  if (!spec.bound) return { new: doc };
  const out: Record<string, Value> = {};
  for (const [name, expression] of Object.entries(spec.bound))
    out[name] = evalExpr(doc, expression, {});
  return out;
}

function insertUnmatched(unit: Unit, c: Collection, doc: Doc, spec: MergeSpec): void {
  if (spec.unmatched === 'discard') return;
  if (spec.unmatched === 'fail')
    throw new MongoError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  const whole = withId(doc);
  insertDocument(unit, c, whole, encode(whole));
}
