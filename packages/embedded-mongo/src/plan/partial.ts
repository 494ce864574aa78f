import { isOpDoc } from '../match/index.ts';
import { compare, equal } from '../order/index.ts';
import { MaxKey, MinKey } from 'bson';
import { type Doc, isArr, isText, rank, typeName, type Value } from '../values/index.ts';
import type { Condition } from './bounds.ts';

/**
 * Whether every document that satisfies the conditions also satisfies a partial index's filter, so
 * that the index has them all.
 * @see https://www.mongodb.com/docs/manual/core/index-partial/#query-coverage
 */
export function implies(conditions: readonly Condition[], filter: Doc): boolean {
  return Object.entries(filter).every(([path, value]) => {
    if (path === '$and' && isArr(value))
      return value.every((part) => implies(conditions, part as Doc));
    if (path.startsWith('$')) return false;
    const wanted = isOpDoc(value) ? Object.entries(value as Doc) : [['$eq', value] as const];
    const mine = conditions.filter((condition) => condition.path === path);
    return wanted.every(([op, bound]) => mine.some((given) => proves(given, op, bound)));
  });
}

function proves(given: Condition, op: string, bound: Value): boolean {
  if (given.op === op && equal(given.value, bound) && rank(given.value) === rank(bound))
    return true;
  if (given.op === '$in' && isArr(given.value))
    return (
      given.value.length > 0 &&
      given.value.every((value) => proves({ path: given.path, op: '$eq', value }, op, bound))
    );
  const prove = PROOFS[op];
  return prove?.(given, bound) ?? false;
}

const RANGES = new Set(['$gt', '$gte', '$lt', '$lte']);

const edge =
  (below: boolean, included: boolean) =>
  (given: Condition, bound: Value): boolean => {
    const same = below ? ['$lt', '$lte'] : ['$gt', '$gte'];
    if (given.op !== '$eq' && !same.includes(given.op)) return false;
    if (rank(given.value) !== rank(bound) || isArr(given.value)) return false;
    const d = compare(given.value, bound) * (below ? -1 : 1);
    const strict = given.op === '$gt' || given.op === '$lt';
    return d > 0 || (d === 0 && (included || strict));
  };

const PROOFS: Record<string, (given: Condition, bound: Value) => boolean> = {
  $gt: edge(false, false),
  $gte: edge(false, true),
  $lt: edge(true, false),
  $lte: edge(true, true),
  $in: (given, bound) =>
    given.op === '$eq' && isArr(bound) && bound.some((value) => equal(value, given.value)),
  $exists: (given, bound) => {
    if (bound !== true && bound !== 1) return false;
    if (given.value instanceof MinKey || given.value instanceof MaxKey) return false;
    if (given.op === '$eq') return given.value !== null;
    return (RANGES.has(given.op) && given.value !== null) || given.op === '$regex';
  },
  $type: (given, bound) => {
    if (given.op === '$regex') return bound === 'string';
    if (given.op !== '$eq' && !RANGES.has(given.op)) return false;
    if (bound === 'string') return isText(given.value) && typeof given.value === 'string';
    return given.op === '$eq' && bound === 'objectId' && typeName(given.value) === bound;
  },
};
