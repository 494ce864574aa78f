import { MongoError } from '../errors.ts';
import { compare } from '../order/index.ts';
import {
  isArr,
  isIntegral,
  isNullish,
  isNum,
  isPlain,
  setOwn,
  show,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { between, binary, unary, unaryOrNull, variadic } from './arguments.ts';
import type { Operator } from './types.ts';

function needArray(v: Value, code: number, message: (type: string) => string): Value[] {
  if (isArr(v)) return v;
  throw new MongoError(code, message(typeName(v)));
}

/** A whole number given as an argument. */
export function wholeArgument(v: Value, code: number, message: string): number {
  if (isNum(v) && isIntegral(v)) return toNumber(v);
  throw new MongoError(code, message);
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/arrayElemAt/ */
const $arrayElemAt = binary((array, index, name) => {
  if (isNullish(array) || isNullish(index)) return null;
  const list = needArray(
    array,
    28689,
    (t) => `${name}'s first argument must be an array, but is ${t}`,
  );
  if (!isNum(index)) {
    throw new MongoError(
      28690,
      `${name}'s second argument must be a numeric value, but is ${typeName(index)}`,
    );
  }
  const i = wholeArgument(
    index,
    28691,
    `${name}'s second argument must be representable as a 32-bit integer: ${show(index)}`,
  );
  return list[i < 0 ? list.length + i : i];
});

const end = (pick: (list: Value[]) => Value): Operator =>
  unaryOrNull((v, name) =>
    pick(needArray(v, 28689, (t) => `${name}'s argument must be an array, but is ${t}`)),
  );

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/arrayToObject/ */
const $arrayToObject = unaryOrNull((v, name) => {
  const list = needArray(v, 40386, (t) => `${name} requires an array input, found: ${t}`);
  const out: Doc = {};
  let pairs: boolean | undefined;
  for (const e of list) {
    if (!isArr(e) && !isPlain(e)) {
      throw new MongoError(40398, `Unrecognised input type format for ${name}: ${typeName(e)}`);
    }
    if (pairs !== undefined && pairs !== isArr(e)) {
      throw pairs
        ? new MongoError(
            40396,
            `${name} requires a consistent input format. Expected an array, got ${typeName(e)}`,
          )
        : new MongoError(
            40391,
            `${name} requires a consistent input format. Expected an object, got ${typeName(e)}`,
          );
    }
    pairs = isArr(e);
    const [k, x] = isArr(e) ? readPair(e, name) : readKeyValue(e, name);
    setOwn(out, k, x === undefined ? null : x);
  }
  return out;
});

function readPair(e: Value[], name: string): [string, Value] {
  if (e.length !== 2) {
    throw new MongoError(
      40397,
      `${name} requires an array of size 2 arrays,found array of size: ${e.length}`,
    );
  }
  const [k, v] = e;
  if (typeof k !== 'string') {
    throw new MongoError(
      40395,
      `${name} requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(k)}`,
    );
  }
  return [k, v];
}

function readKeyValue(e: Doc, name: string): [string, Value] {
  const n = Object.keys(e).length;
  if (n !== 2) {
    throw new MongoError(
      40392,
      `${name} requires an object keys of 'k' and 'v'. Found incorrect number of keys:${n}`,
    );
  }
  if (!Object.hasOwn(e, 'k') || !Object.hasOwn(e, 'v')) {
    throw new MongoError(
      40393,
      `${name} requires an object with keys 'k' and 'v'. Missing either or both keys from: ${show(e)}`,
    );
  }
  const k = e['k'];
  if (typeof k !== 'string') {
    throw new MongoError(
      40394,
      `${name} requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(k)}`,
    );
  }
  return [k, e['v']];
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/concatArrays/ */
const $concatArrays = variadic((list, name) => {
  const out: Value[] = [];
  for (const v of list) {
    if (isNullish(v)) return null;
    out.push(...needArray(v, 28664, (t) => `${name} only supports arrays, not ${t}`));
  }
  return out;
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/in/ */
const $in = binary((v, list, name, scope) =>
  needArray(list, 40081, (t) => `${name} requires an array as a second argument, found: ${t}`).some(
    (e) => v !== undefined && compare(e, v, scope.collator) === 0,
  ),
);

/** Start and end of a search; the end may lie beyond what is searched. */
export function searchRange(from: Value, to: Value, name: string): [number, number] {
  const read = (v: Value, fallback: number, which: string): number => {
    if (v === undefined) return fallback;
    const n = wholeArgument(
      v,
      40096,
      `${name} requires an integral ${which} index, found a value of type: ${typeName(v)}, with value: "${show(v)}"`,
    );
    if (n < 0)
      throw new MongoError(40097, `${name} requires a nonnegative ${which} index, found: ${n}`);
    return n;
  };
  return [read(from, 0, 'starting'), read(to, Number.POSITIVE_INFINITY, 'ending')];
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexOfArray/ */
const $indexOfArray = between(2, 4, ([array, v, from, to], name, scope) => {
  if (isNullish(array)) return null;
  const list = needArray(
    array,
    40090,
    (t) => `${name} requires an array as a first argument, found: ${t}`,
  );
  const [start, stop] = searchRange(from, to, name);
  for (let i = start; i < Math.min(stop, list.length); i++) {
    if (v !== undefined && compare(list[i], v, scope.collator) === 0) return i;
  }
  return -1;
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/objectToArray/ */
const $objectToArray = unaryOrNull((v, name) => {
  if (!isPlain(v))
    throw new MongoError(40390, `${name} requires a document input, found: ${typeName(v)}`);
  return Object.keys(v).map((k) => ({ k, v: v[k] }));
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/range/ */
const $range = between(2, 3, ([from, to, by = 1], name) => {
  const [start, stop, step] = [from, to, by].map((v, i) => {
    const what = ['starting', 'ending', 'step'][i] as string;
    if (!isNum(v)) {
      throw new MongoError(
        34443 + i * 2,
        `${name} requires a numeric ${what} value, found value of type: ${typeName(v)}`,
      );
    }
    return wholeArgument(
      v,
      34444 + i * 2,
      `${name} requires a ${what} value that can be represented as a 32-bit integer, found value: ${show(v)}`,
    );
  }) as [number, number, number];
  if (step === 0) throw new MongoError(34449, `${name} requires a non-zero step value`);
  const out: Value[] = [];
  for (let n = start; step > 0 ? n < stop : n > stop; n += step) out.push(n);
  return out;
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/reverseArray/ */
const $reverseArray = unaryOrNull((v, name) =>
  needArray(v, 34435, (t) => `The argument to ${name} must be an array, but was of type: ${t}`)
    .slice()
    .reverse(),
);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/size/ */
const $size = unary(
  (v, name) =>
    needArray(v, 17124, (t) => `The argument to ${name} must be an array, but was of type: ${t}`)
      .length,
);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/slice/ */
const $slice = between(2, 3, (args, name) => {
  const [array, a, b] = args;
  if (isNullish(array) || isNullish(a) || (args.length === 3 && isNullish(b))) return null;
  const list = needArray(
    array,
    28724,
    (t) => `First argument to ${name} must be an array, but is of type: ${t}`,
  );
  if (!isNum(a))
    throw new MongoError(
      28725,
      `Second argument to ${name} must be a numeric value, but is of type: ${typeName(a)}`,
    );
  const first = wholeArgument(
    a,
    28726,
    `Second argument to ${name} can't be represented as a 32-bit integer: ${show(a)}`,
  );
  if (args.length === 2) return first >= 0 ? list.slice(0, first) : list.slice(first);
  if (!isNum(b))
    throw new MongoError(
      28727,
      `Third argument to ${name} must be numeric, but is of type: ${typeName(b)}`,
    );
  const count = wholeArgument(
    b,
    28728,
    `Third argument to ${name} can't be represented as a 32-bit integer: ${show(b)}`,
  );
  if (count <= 0)
    throw new MongoError(28729, `Third argument to ${name} must be positive: ${count}`);
  const start = first < 0 ? Math.max(0, list.length + first) : first;
  return list.slice(start, start + count);
});

/** Arrays, and objects as arrays. */
export const ARRAYS: Readonly<Record<string, Operator>> = {
  $arrayElemAt,
  $first: end((list) => list[0]),
  $last: end((list) => list[list.length - 1]),
  $arrayToObject,
  $concatArrays,
  $in,
  $indexOfArray,
  $isArray: unary((v) => isArr(v)),
  $objectToArray,
  $range,
  $reverseArray,
  $size,
  $slice,
};
