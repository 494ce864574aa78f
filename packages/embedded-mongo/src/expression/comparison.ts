import { MongoError } from '../errors.ts';
import { compare } from '../order/index.ts';
import { isArr, isPlain, type Value } from '../values/index.ts';
import { binary, readArguments, unary } from './arguments.ts';
import { truthy } from './truth.ts';
import type { Evaluate, Operator, Scope } from './types.ts';

/** The order of expressions, where missing is less than null. */
function order(a: Value, b: Value, scope: Scope): number {
  if (a === undefined) return b === undefined ? 0 : -1;
  if (b === undefined) return 1;
  return compare(a, b, scope.collator);
}

const comparison = (holds: (d: number) => boolean): Operator =>
  binary((a, b, _name, scope) => holds(order(a, b, scope)));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/cond/ */
const $cond: Operator = (arg, scope, name) => {
  const [test, then, otherwise] = condParts(arg, scope, name);
  return (env) => (truthy(test(env)) ? then(env) : otherwise(env));
};

function condParts(arg: Value, scope: Scope, name: string): [Evaluate, Evaluate, Evaluate] {
  if (!isPlain(arg)) return readArguments(arg, scope, name, 3, 3) as [Evaluate, Evaluate, Evaluate];
  const known = ['if', 'then', 'else'];
  const unknown = Object.keys(arg).find((k) => !known.includes(k));
  if (unknown !== undefined)
    throw new MongoError(17083, `Unrecognized parameter to $cond: ${unknown}`);
  return known.map((k, i) => {
    if (!Object.hasOwn(arg, k))
      throw new MongoError(17080 + i, `Missing '${k}' parameter to $cond`);
    return scope.compile(arg[k], scope);
  }) as [Evaluate, Evaluate, Evaluate];
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/ifNull/ */
const $ifNull: Operator = (arg, scope, name) => {
  const list = isArr(arg) ? arg : [arg];
  if (list.length < 2)
    throw new MongoError(1257300, `${name} needs at least two arguments, had: ${list.length}`);
  const parts = list.map((e) => scope.compile(e, scope));
  return (env) => {
    let v: Value;
    for (const part of parts) {
      v = part(env);
      if (v !== undefined && v !== null) return v;
    }
    return v;
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/switch/ */
const $switch: Operator = (arg, scope) => {
  if (!isPlain(arg))
    throw new MongoError(40060, `$switch requires an object as an argument, found: ${typeof arg}`);
  for (const k of Object.keys(arg)) {
    if (k !== 'branches' && k !== 'default')
      throw new MongoError(40067, `$switch found an unknown argument: ${k}`);
  }
  const list = arg['branches'];
  if (!isArr(list)) throw new MongoError(40061, `$switch expected an array for 'branches'`);
  if (list.length === 0) throw new MongoError(40068, '$switch requires at least one branch.');
  const branches = list.map((b) => readBranch(b, scope));
  const fallback = Object.hasOwn(arg, 'default') ? scope.compile(arg['default'], scope) : undefined;
  return (env) => {
    for (const b of branches) if (truthy(b.test(env))) return b.then(env);
    if (fallback) return fallback(env);
    throw new MongoError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

function readBranch(b: Value, scope: Scope): { test: Evaluate; then: Evaluate } {
  if (!isPlain(b)) throw new MongoError(40062, '$switch expected each branch to be an object');
  for (const k of Object.keys(b)) {
    if (k !== 'case' && k !== 'then')
      throw new MongoError(40063, `$switch found an unknown argument to a branch: ${k}`);
  }
  if (!Object.hasOwn(b, 'case'))
    throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
  if (!Object.hasOwn(b, 'then'))
    throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
  return { test: scope.compile(b['case'], scope), then: scope.compile(b['then'], scope) };
}

const lazily =
  (decides: boolean): Operator =>
  (arg, scope) => {
    const parts = (isArr(arg) ? arg : [arg]).map((e) => scope.compile(e, scope));
    return (env) => (parts.some((p) => truthy(p(env)) === decides) ? decides : !decides);
  };

/** Comparisons, truth and choices. */
export const COMPARISON: Readonly<Record<string, Operator>> = {
  $eq: comparison((d) => d === 0),
  $ne: comparison((d) => d !== 0),
  $gt: comparison((d) => d > 0),
  $gte: comparison((d) => d >= 0),
  $lt: comparison((d) => d < 0),
  $lte: comparison((d) => d <= 0),
  $cmp: binary((a, b, _name, scope) => Math.sign(order(a, b, scope))),
  $and: lazily(false),
  $or: lazily(true),
  $not: unary((v) => !truthy(v)),
  $cond,
  $ifNull,
  $switch,
};
