import { MongoError } from '../errors.ts';
import { compileExpression } from '../expression/index.ts';
import { compare, sortGradually } from '../order/index.ts';
import {
  isArr,
  isNum,
  isPlain,
  rank,
  setOwn,
  show,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import type { Accumulation, Accumulator } from './accumulation.ts';
import { compileAccumulator } from './accumulators.ts';
import { Budget } from './budget.ts';
import { BREATH, gathered } from './flow.ts';
import type { Flow, StageCompiler, StageScope } from './types.ts';

interface Output {
  name: string;
  start: Accumulator;
}

/** The fields of a bucket; a count when none are given. */
function readOutput(given: Value, scope: StageScope, code: number): Output[] {
  const spec: Value = given ?? { count: { $sum: 1 } };
  if (!isPlain(spec)) {
    throw new MongoError(
      code,
      `The 'output' field must be an object, but found type: ${typeName(spec)}.`,
    );
  }
  return Object.keys(spec).map((name) => ({
    name,
    start: compileAccumulator(name, spec[name], scope),
  }));
}

function isExpression(v: Value): boolean {
  return (
    (typeof v === 'string' && v.startsWith('$')) ||
    (isPlain(v) && Object.keys(v)[0]?.startsWith('$') === true)
  );
}

interface Bucket {
  id: Value;
  states: Accumulation[];
}

const startBucket = (id: Value, output: readonly Output[], budget: Budget): Bucket => ({
  id,
  states: output.map((o) => o.start(budget)),
});

function finish(bucket: Bucket, output: readonly Output[]): Doc {
  const out: Doc = { _id: bucket.id };
  output.forEach((o, i) => {
    setOwn(out, o.name, bucket.states[i]?.result());
  });
  return out;
}

function readBoundaries(given: Value, scope: StageScope): Value[] {
  if (!isArr(given)) {
    throw new MongoError(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${typeName(given)}.`,
    );
  }
  const list = given.map((e) => compileExpression(e, scope)({}));
  if (list.length < 2) {
    throw new MongoError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${list.length} value(s).`,
    );
  }
  for (let i = 1; i < list.length; i++) {
    const a = list[i - 1];
    const b = list[i];
    if (rank(a) !== rank(b)) {
      throw new MongoError(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeName(a)} and ${typeName(b)}.`,
      );
    }
    if (compare(a, b, scope.collator) >= 0) {
      throw new MongoError(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${i - 1} and ${i} are not in ascending order (${show(a)} is not less than ${show(b)}).`,
      );
    }
  }
  return list;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bucket/ */
export const $bucket: StageCompiler = (arg, scope) => {
  if (!isPlain(arg))
    throw new MongoError(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${typeName(arg)}.`,
    );
  for (const name of Object.keys(arg)) {
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(name)) {
      throw new MongoError(40197, `Unrecognized option to $bucket: ${name}.`);
    }
  }
  const { groupBy } = arg;
  if (groupBy === undefined || arg['boundaries'] === undefined) {
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  if (!isExpression(groupBy)) {
    throw new MongoError(
      40202,
      `The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression, but found: ${show(groupBy)}.`,
    );
  }
  const by = compileExpression(groupBy, scope);
  const boundaries = readBoundaries(arg['boundaries'], scope);
  const fallback = readDefault(arg['default'], boundaries, scope);
  const output = readOutput(arg['output'], scope, 40196);
  const idOf = (v: Value): Value => {
    const last = boundaries[boundaries.length - 1];
    const inside =
      v !== undefined &&
      compare(v, boundaries[0], scope.collator) >= 0 &&
      compare(v, last, scope.collator) < 0;
    if (inside) return boundaries.findLast((b) => compare(b, v, scope.collator) <= 0);
    if (fallback !== undefined) return fallback;
    throw new MongoError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  return gathered(() => {
    const budget = new Budget('$bucket', scope.memoryBytes);
    const buckets = new Map<Value, Bucket>();
    return {
      add: (doc) => {
        const id = idOf(by(doc));
        let bucket = buckets.get(id);
        if (!bucket) {
          bucket = startBucket(id, output, budget);
          buckets.set(id, bucket);
        }
        for (const s of bucket.states) s.add(doc);
      },
      result: () =>
        [...buckets.values()]
          .sort((a, b) => compare(a.id, b.id, scope.collator))
          .map((b) => finish(b, output)),
    };
  });
};

function readDefault(given: Value, boundaries: readonly Value[], scope: StageScope): Value {
  if (given === undefined) return undefined;
  if (isExpression(given) && !(isPlain(given) && Object.hasOwn(given, '$literal'))) {
    throw new MongoError(
      40195,
      `The $bucket 'default' field must be a constant expression, but found: ${show(given)}.`,
    );
  }
  const v = compileExpression(given, scope)({});
  const low = boundaries[0];
  const high = boundaries[boundaries.length - 1];
  if (
    rank(v) === rank(low) &&
    compare(v, low, scope.collator) >= 0 &&
    compare(v, high, scope.collator) < 0
  ) {
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return v;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bucketAuto/ */
export const $bucketAuto: StageCompiler = (arg, scope) => {
  if (!isPlain(arg))
    throw new MongoError(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${typeName(arg)}.`,
    );
  for (const name of Object.keys(arg)) {
    if (name === 'granularity') {
      throw new MongoError(
        238,
        "The 'granularity' option to $bucketAuto is not supported by the embedded database",
      );
    }
    if (!['groupBy', 'buckets', 'output'].includes(name)) {
      throw new MongoError(40245, `Unrecognized option to $bucketAuto: ${name}.`);
    }
  }
  const { groupBy, buckets } = arg;
  if (groupBy === undefined || buckets === undefined) {
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  }
  if (!isExpression(groupBy)) {
    throw new MongoError(
      40239,
      `The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object, but found: ${show(groupBy)}.`,
    );
  }
  if (!isNum(buckets)) {
    throw new MongoError(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeName(buckets)}.`,
    );
  }
  const wanted = toNumber(buckets);
  if (!Number.isInteger(wanted))
    throw new MongoError(
      40242,
      `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${show(buckets)}.`,
    );
  if (wanted <= 0)
    throw new MongoError(
      40243,
      `The $bucketAuto 'buckets' field must be greater than 0, but found: ${wanted}.`,
    );
  const by = compileExpression(groupBy, scope);
  const output = readOutput(arg['output'], scope, 40244);
  return gathered(() => {
    const budget = new Budget('$bucketAuto', scope.memoryBytes);
    const all: { v: Value; doc: Doc }[] = [];
    return {
      add: (doc) => {
        const v = by(doc);
        budget.take(doc);
        all.push({ v: v === undefined ? null : v, doc });
      },
      result: () => spread(all, wanted, output, scope, budget),
    };
  });
};

/** Cuts sorted values into buckets of about one size; equal values stay together. */
function* spread(
  given: { v: Value; doc: Doc }[],
  wanted: number,
  output: Output[],
  scope: StageScope,
  budget: Budget,
): Flow {
  const same = (a: Value, b: Value): boolean => compare(a, b, scope.collator) === 0;
  const all = yield* sortGradually(given, (a, b) => compare(a.v, b.v, scope.collator));
  const size = Math.max(Math.round(all.length / wanted), 1);
  for (let at = 0, n = 1; at < all.length; n++) {
    let end = n === wanted ? all.length : Math.min(at + size, all.length);
    while (end < all.length && same(all[end - 1]?.v, all[end]?.v)) end++;
    const last = end >= all.length;
    const id = { min: all[at]?.v, max: (last ? all[all.length - 1] : all[end])?.v };
    const bucket = startBucket(id, output, budget);
    for (; at < end; at++) {
      for (const s of bucket.states) s.add(all[at]?.doc ?? {});
      if (at % BREATH === 0) yield null;
    }
    yield finish(bucket, output);
  }
}
