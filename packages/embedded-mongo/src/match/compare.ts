import type { ObjectId } from 'bson';
import { badValue } from '../errors.ts';
import { compare, keyText, type Collator } from '../order/index.ts';
import {
  isArr,
  isNum,
  isObjectId,
  isPlain,
  isRegex,
  isText,
  R,
  rank,
  toNumber,
  toRegExp,
  type Value,
} from '../values/index.ts';
import type { Leaf, Place, Predicate } from './types.ts';

/** Whether a document is an operator expression, such as `{ $gt: 1 }`, and no value. */
export function isOpDoc(v: Value): boolean {
  if (!isPlain(v)) return false;
  const first = Object.keys(v)[0];
  return first?.startsWith('$') === true && !DBREF_FIELDS.has(first);
}

/** The fields of a DBRef start with `$` and are nonetheless data. */
export const DBREF_FIELDS: ReadonlySet<string> = new Set(['$ref', '$id', '$db']);

export const not =
  (p: Predicate): Predicate =>
  (doc) =>
    !p(doc);

/** Equality of MongoDB's order; null also holds for a missing value. */
export function equalTo(v: Value, collator?: Collator): Leaf {
  if (v === null || v === undefined) return (x) => x === undefined || x === null;
  if (typeof v === 'string' && !collator) {
    return (x) => x === v || (typeof x === 'object' && isText(x) && String(x) === v);
  }
  if (typeof v === 'boolean') return (x) => x === v;
  if (isObjectId(v)) return equalToId(v);
  const r = rank(v);
  return (x) => x !== undefined && rank(x) === r && compare(x, v, collator) === 0;
}

function equalToId(v: ObjectId): Leaf {
  const bytes = v.id;
  return (x) => isObjectId(x) && Buffer.compare(x.id, bytes) === 0;
}

/** A regular expression on text. */
export function matches(pattern: RegExp): Leaf {
  return (x) => (typeof x === 'string' ? pattern.test(x) : isText(x) && pattern.test(String(x)));
}

/** A regular expression as a value: text that it finds, or the same regular expression. */
export function matchesOrIs(v: Value): Leaf {
  const finds = matches(toRegExp(v));
  const same = equalTo(v);
  return (x) => finds(x) || (isRegex(x) && same(x));
}

const isNaNNumber = (v: Value): boolean => isNum(v) && Number.isNaN(toNumber(v));

/** `$gt`, `$gte`, `$lt`, `$lte`: only within the type of the argument (type bracketing). */
function ordered(v: Value, holds: (d: number) => boolean, collator?: Collator): Leaf {
  const orEqual = holds(0);
  const r = rank(v);
  if (r === R.NULL) return (x) => orEqual && (x === undefined || x === null);
  if (r === R.MIN || r === R.MAX) return (x) => holds(compare(x === undefined ? null : x, v));
  if (isNaNNumber(v)) return (x) => orEqual && isNaNNumber(x);
  if (typeof v === 'number') {
    return (x) => {
      if (typeof x !== 'number') return isNum(x) && !isNaNNumber(x) && holds(compare(x, v));
      return x < v ? holds(-1) : x > v ? holds(1) : x === v && orEqual;
    };
  }
  return (x) =>
    x !== undefined && rank(x) === r && !isNaNNumber(x) && holds(compare(x, v, collator));
}

function comparison(holds: (d: number) => boolean) {
  return (arg: Value, place: Place): Predicate => {
    if (isRegex(arg)) {
      throw badValue(`Can't have RegEx as arg to predicate over field '${place.path}'.`);
    }
    return place.test(ordered(arg, holds, place.options.collator));
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/gt/ */
export const $gt = comparison((d) => d > 0);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/gte/ */
export const $gte = comparison((d) => d >= 0);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/lt/ */
export const $lt = comparison((d) => d < 0);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/lte/ */
export const $lte = comparison((d) => d <= 0);

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/eq/ */
export const $eq = (arg: Value, place: Place): Predicate =>
  place.test(equalTo(arg, place.options.collator));

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/ne/ */
export const $ne = (arg: Value, place: Place): Predicate => {
  if (isRegex(arg)) throw badValue("Can't have regex as arg to $ne.");
  return not($eq(arg, place));
};

/** Membership in a list: one look-up instead of as many comparisons as the list is long. */
function oneOf(list: readonly Value[], collator?: Collator): Leaf {
  const plain = new Set<Value>();
  const keys = new Set<string>();
  const ranks = new Set<number>();
  const patterns: Leaf[] = [];
  let missing = false;
  for (const v of list) {
    if (isRegex(v)) patterns.push(matchesOrIs(v));
    else if (v === null || v === undefined) missing = true;
    else {
      // Strings and JS numbers are looked up as they are; other values by their keys.
      if ((typeof v === 'string' && !collator) || typeof v === 'number') plain.add(v);
      keys.add(keyText(v, collator));
      ranks.add(rank(v));
    }
  }
  const onlyPlain = plain.size === keys.size;
  return (x) => {
    if (x === undefined || x === null) return missing;
    if (plain.has(x)) return true;
    const looked = onlyPlain && (typeof x === 'string' || typeof x === 'number');
    if (!looked && ranks.has(rank(x)) && keys.has(keyText(x, collator))) return true;
    return patterns.some((p) => p(x));
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/in/ */
export const $in = (arg: Value, place: Place): Predicate => {
  if (!isArr(arg)) throw badValue('$in needs an array');
  if (arg.some(isOpDoc)) throw badValue('cannot nest $ under $in');
  return place.test(oneOf(arg, place.options.collator));
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/nin/ */
export const $nin = (arg: Value, place: Place): Predicate => {
  if (!isArr(arg)) throw badValue('$nin needs an array');
  if (arg.some(isOpDoc)) throw badValue('cannot nest $ under $in');
  return not($in(arg, place));
};
