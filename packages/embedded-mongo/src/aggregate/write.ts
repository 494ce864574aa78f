import { MongoError, failedToParse, typeMismatch } from '../errors.ts';
import { compileExpression, type Variables } from '../expression/index.ts';
import {
  isArr,
  isPlain,
  own,
  setOwn,
  typeName,
  valueAt,
  type Doc,
  type Value,
} from '../values/index.ts';
import { collect } from './flow.ts';
import { compilePipeline } from './pipeline.ts';
import type { Namespace, PipelineOptions } from './types.ts';

/** What `$out` does: the collection is replaced by the pipeline's result. */
export interface OutTarget {
  kind: 'out';
  into: Namespace;
}

/** What `$merge` does with each document of the pipeline's result. */
export interface MergeTarget {
  kind: 'merge';
  into: Namespace;
  /** Fields that identify a document; there must be a unique index on them. */
  on: string[];
  whenNotMatched: 'insert' | 'discard' | 'fail';
  /**
   * The document an existing one becomes; null to leave it.
   * @throws MongoError 11000 when matches are refused
   */
  merge(existing: Doc, incoming: Doc): Doc | null;
}

/** A pipeline without the stage that writes its result. */
export interface SplitWrite {
  pipeline: Doc[];
  target: OutTarget | MergeTarget | undefined;
}

/**
 * Takes `$out` or `$merge` off the end of a (validated) pipeline.
 * @throws MongoError in MongoDB's words
 */
export function splitWrite(pipeline: readonly Doc[], options: PipelineOptions = {}): SplitWrite {
  const last = pipeline[pipeline.length - 1];
  const rest = pipeline.slice(0, -1);
  if (last && Object.hasOwn(last, '$out')) return { pipeline: rest, target: readOut(last['$out']) };
  if (last && Object.hasOwn(last, '$merge')) {
    return { pipeline: rest, target: readMerge(last['$merge'], options) };
  }
  return { pipeline: pipeline.slice(), target: undefined };
}

function namespaceOf(v: Value, name: string): Namespace {
  if (typeof v === 'string' && v !== '') return { coll: v };
  if (isPlain(v) && typeof v['coll'] === 'string') {
    return typeof v['db'] === 'string' ? { db: v['db'], coll: v['coll'] } : { coll: v['coll'] };
  }
  throw new MongoError(
    16990,
    `${name} only supports a string or object argument, but found ${typeName(v)}`,
  );
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/out/ */
function readOut(arg: Value): OutTarget {
  if (isPlain(arg) && Object.hasOwn(arg, 'timeseries')) {
    throw new MongoError(238, 'Time series collections are not supported by the embedded database');
  }
  return { kind: 'out', into: namespaceOf(arg, '$out') };
}

const MERGE_OPTIONS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/merge/ */
function readMerge(arg: Value, options: PipelineOptions): MergeTarget {
  const given: Value = typeof arg === 'string' ? { into: arg } : arg;
  if (!isPlain(given))
    throw new MongoError(
      51178,
      `$merge only supports a string or object argument, not ${typeName(arg)}`,
    );
  for (const name of Object.keys(given)) {
    if (!MERGE_OPTIONS.includes(name))
      throw new MongoError(40415, `BSON field '$merge.${name}' is an unknown field.`);
  }
  if (given['into'] === undefined)
    throw new MongoError(40414, "BSON field '$merge.into' is missing but a required field");
  const { whenNotMatched = 'insert' } = given;
  if (whenNotMatched !== 'insert' && whenNotMatched !== 'discard' && whenNotMatched !== 'fail') {
    throw new MongoError(
      2,
      `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  }
  return {
    kind: 'merge',
    into: namespaceOf(given['into'], '$merge'),
    on: readOn(given['on']),
    whenNotMatched,
    merge: readWhenMatched(given['whenMatched'] ?? 'merge', given['let'], options),
  };
}

function readOn(given: Value): string[] {
  if (given === undefined) return ['_id'];
  const list = isArr(given) ? given : [given];
  if (list.length === 0)
    throw new MongoError(
      51187,
      "If explicitly specifying $merge 'on', must include at least one field",
    );
  return list.map((f) => {
    if (typeof f !== 'string')
      throw new MongoError(
        51134,
        `$merge 'on' array elements must be strings, but found ${typeName(f)}`,
      );
    return f;
  });
}

type Merge = MergeTarget['merge'];

const MERGES: Readonly<Record<string, Merge>> = {
  replace: (existing, incoming) => withId(existing, incoming),
  keepExisting: () => null,
  merge: (existing, incoming) => {
    const out: Doc = { ...existing };
    for (const name of Object.keys(incoming)) if (name !== '_id') setOwn(out, name, incoming[name]);
    return out;
  },
  fail: () => {
    throw new MongoError(
      11000,
      'E11000 duplicate key error: $merge found a matching document and whenMatched is fail',
    );
  },
};

function withId(existing: Doc, made: Doc): Doc {
  const out: Doc = { _id: own(existing, '_id') };
  for (const name of Object.keys(made)) if (name !== '_id') setOwn(out, name, made[name]);
  return out;
}

function readWhenMatched(given: Value, bindings: Value, options: PipelineOptions): Merge {
  if (typeof given === 'string') {
    const merge = Object.hasOwn(MERGES, given) ? MERGES[given] : undefined;
    if (!merge)
      throw new MongoError(
        51191,
        `$merge 'whenMatched' must be one of replace, keepExisting, merge, fail or a pipeline, not '${given}'`,
      );
    if (bindings !== undefined)
      throw new MongoError(
        51199,
        "Cannot use 'let' variables with 'whenMatched' mode that is not a pipeline",
      );
    return merge;
  }
  if (!isArr(given)) throw typeMismatch("$merge 'whenMatched' must be a string or an array");
  if (bindings !== undefined && !isPlain(bindings))
    throw failedToParse("$merge 'let' must be an object");
  const lets = Object.keys(bindings ?? { new: '$$ROOT' }).map((name) => ({
    name,
    value: compileExpression((bindings ?? { new: '$$ROOT' })[name], options),
  }));
  return (existing, incoming) => {
    const variables: Record<string, Value> = { ...options.variables };
    for (const { name, value } of lets) variables[name] = value(incoming);
    const run = compilePipeline(given, { ...options, variables: variables as Variables });
    const [made = {}] = collect(run([existing]));
    return withId(existing, made);
  };
}

/**
 * The values that identify a document for `$merge`.
 * @throws MongoError 51132 for one that is missing, null or an array
 */
export function mergeKey(doc: Doc, on: readonly string[]): Doc {
  const out: Doc = {};
  for (const path of on) {
    const v = valueAt(doc, path.split('.'));
    if (v === undefined || v === null || isArr(v)) {
      throw new MongoError(
        51132,
        "$merge write error: 'on' field cannot be missing, null, undefined or an array",
      );
    }
    out[path] = v;
  }
  return out;
}
