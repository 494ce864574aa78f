import { MongoError } from '../errors.ts';
import { compare, keyText } from '../order/index.ts';
import { isArr, isNullish, typeName, type Value } from '../values/index.ts';
import { binary, readArguments, variadic } from './arguments.ts';
import { truthy } from './truth.ts';
import type { Evaluate, Operator, Scope } from './types.ts';

/** The distinct elements by key, in the order of values. */
function setOf(list: readonly Value[], scope: Scope): Map<string, Value> {
  const out = new Map<string, Value>();
  for (const v of list) {
    const key = keyText(v, scope.collator);
    if (!out.has(key)) out.set(key, v);
  }
  return out;
}

const sorted = (set: Map<string, Value>, scope: Scope): Value[] =>
  [...set.values()].sort((a, b) => compare(a, b, scope.collator));

function needArray(v: Value, name: string, code: number): Value[] {
  if (isArr(v)) return v;
  throw new MongoError(
    code,
    `All operands of ${name} must be arrays. One argument is of type: ${typeName(v)}`,
  );
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setUnion/ */
const $setUnion = variadic((list, name, scope) => {
  const all: Value[] = [];
  for (const v of list) {
    if (isNullish(v)) return null;
    all.push(...needArray(v, name, 17043));
  }
  return sorted(setOf(all, scope), scope);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setIntersection/ */
const $setIntersection = variadic((list, name, scope) => {
  let common: Map<string, Value> | undefined;
  for (const v of list) {
    if (isNullish(v)) return null;
    const set = setOf(needArray(v, name, 17047), scope);
    if (common) for (const key of [...common.keys()]) if (!set.has(key)) common.delete(key);
    common ??= set;
  }
  return common ? sorted(common, scope) : [];
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setDifference/ */
const $setDifference = binary((a, b, name, scope) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isArr(a))
    throw new MongoError(
      17048,
      `both operands of ${name} must be arrays. First argument is of type: ${typeName(a)}`,
    );
  if (!isArr(b))
    throw new MongoError(
      17049,
      `both operands of ${name} must be arrays. Second argument is of type: ${typeName(b)}`,
    );
  const gone = setOf(b, scope);
  return [...setOf(a, scope)].filter(([key]) => !gone.has(key)).map(([, v]) => v);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setEquals/ */
const $setEquals: Operator = (arg, scope, name) => {
  const list = isArr(arg) ? arg : [arg];
  if (list.length < 2)
    throw new MongoError(17045, `${name} needs at least two arguments had: ${list.length}`);
  const parts = list.map((e) => scope.compile(e, scope));
  return (env) => {
    const sets = parts.map((p) => setOf(needArray(p(env), name, 17044), scope));
    const [first, ...rest] = sets as [Map<string, Value>, ...Map<string, Value>[]];
    return rest.every((s) => s.size === first.size && [...s.keys()].every((k) => first.has(k)));
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setIsSubset/ */
const $setIsSubset = binary((a, b, name, scope) => {
  if (!isArr(a))
    throw new MongoError(
      17046,
      `both operands of ${name} must be arrays. First argument is of type: ${typeName(a)}`,
    );
  if (!isArr(b))
    throw new MongoError(
      17042,
      `both operands of ${name} must be arrays. Second argument is of type: ${typeName(b)}`,
    );
  const whole = setOf(b, scope);
  return [...setOf(a, scope).keys()].every((key) => whole.has(key));
});

const elements =
  (code: number, holds: (list: Value[]) => boolean): Operator =>
  (arg, scope, name) => {
    const [list] = readArguments(arg, scope, name, 1, 1) as [Evaluate];
    return (env) => {
      const v = list(env);
      if (!isArr(v))
        throw new MongoError(code, `${name}'s argument must be an array, but is ${typeName(v)}`);
      return holds(v);
    };
  };

/** Arrays as sets. */
export const SETS: Readonly<Record<string, Operator>> = {
  $setUnion,
  $setIntersection,
  $setDifference,
  $setEquals,
  $setIsSubset,
  $allElementsTrue: elements(17040, (list) => list.every(truthy)),
  $anyElementTrue: elements(17041, (list) => list.some(truthy)),
};
