import { BSONRegExp } from 'bson';
import { MongoError, badValue, failedToParse, typeMismatch } from '../errors.ts';
import { truthy } from '../expression/index.ts';
import {
  isArr,
  isBinary,
  isIntegral,
  isNum,
  show,
  toBigInt,
  toNumber,
  toRegExp,
  TYPE_NUMBERS,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { matches, not } from './compare.ts';
import type { Leaf, Place, Predicate } from './types.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/exists/ */
export const $exists = (arg: Value, place: Place): Predicate => {
  const there = place.test((x) => x !== undefined, false);
  return truthy(arg) ? there : not(there);
};

const ALIASES: ReadonlySet<string> = new Set([...TYPE_NUMBERS.values(), 'number']);
const NUMBERS = ['int', 'long', 'double', 'decimal'];

/** The type names (of `typeName`) that one argument of `$type` or `bsonType` stands for. */
export function typesOf(arg: Value): string[] {
  if (typeof arg === 'string') {
    if (!ALIASES.has(arg)) throw badValue(`Unknown type name alias: ${arg}`);
    return arg === 'number' ? NUMBERS : [arg];
  }
  if (!isNum(arg)) throw typeMismatch('type must be represented as a number or a string');
  const n = toNumber(arg);
  if (n === 0) throw badValue('Invalid numerical type code: 0. Instead use {$exists:false}.');
  const name = TYPE_NUMBERS.get(n);
  if (name === undefined) throw badValue(`Invalid numerical type code: ${n}`);
  return [name];
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/type/ */
export const $type = (arg: Value, place: Place): Predicate => {
  const given = isArr(arg) ? arg : [arg];
  if (given.length === 0) throw failedToParse(`${place.path} must match at least one type`);
  const names = new Set(given.flatMap(typesOf));
  return place.test((x) => x !== undefined && names.has(typeName(x)));
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/size/ */
export const $size = (arg: Value, place: Place): Predicate => {
  if (!isNum(arg)) {
    throw badValue(`Failed to parse $size. Expected a number in: $size: ${show(arg)}`);
  }
  const n = toNumber(arg);
  if (!Number.isInteger(n)) {
    throw badValue(`Failed to parse $size. Expected an integer: $size: ${show(arg)}`);
  }
  if (n < 0) {
    throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${n}`);
  }
  return place.test((x) => isArr(x) && x.length === n, false);
};

function modPart(v: Value, what: string): bigint {
  if (!isNum(v)) throw badValue(`malformed mod, ${what} not a number`);
  const n = toNumber(v);
  if (!Number.isFinite(n)) {
    throw badValue(
      `malformed mod, ${what} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`,
    );
  }
  return toBigInt(v) ?? BigInt(Math.trunc(n));
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/mod/ */
export const $mod = (arg: Value, place: Place): Predicate => {
  if (!isArr(arg)) throw badValue('malformed mod, needs to be an array');
  if (arg.length < 2) throw badValue('malformed mod, not enough elements');
  if (arg.length > 2) throw badValue('malformed mod, too many elements');
  const divisor = modPart(arg[0], 'divisor');
  const remainder = modPart(arg[1], 'remainder');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return place.test((x) => {
    if (!isNum(x)) return false;
    const n = toNumber(x);
    if (!Number.isFinite(n)) return false;
    return (toBigInt(x) ?? BigInt(Math.trunc(n))) % divisor === remainder;
  });
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/regex/ */
export const $regex = (arg: Value, place: Place, siblings: Doc): Predicate => {
  const options = siblings['$options'];
  if (options !== undefined && typeof options !== 'string') {
    throw badValue('$options has to be a string');
  }
  if (options !== undefined && arg instanceof BSONRegExp && arg.options !== '') {
    throw new MongoError(51075, 'options set in both $regex and $options');
  }
  return place.test(matches(toRegExp(arg, options)));
};

/** Read by `$regex`; alone it means nothing. */
export const $options = (_arg: Value, _place: Place, siblings: Doc): Predicate => {
  if (siblings['$regex'] === undefined) throw badValue('$options needs a $regex');
  return () => true;
};

function maskOf(arg: Value, name: string): bigint {
  if (isArr(arg)) return arg.reduce<bigint>((mask, v) => mask | (1n << bitPosition(v, name)), 0n);
  if (isBinary(arg)) return bitsOf(arg.buffer.subarray(0, arg.position));
  if (!isNum(arg)) {
    throw badValue(
      `${name} takes an Array, a number, or a BinData but received: ${name}: ${show(arg)}`,
    );
  }
  const n = toBigInt(arg);
  if (n === undefined || !isIntegral(arg)) {
    throw failedToParse(`Expected an integer: ${name}: ${show(arg)}`);
  }
  if (n < 0n) throw failedToParse(`Expected a non-negative number in: ${name}: ${show(arg)}`);
  return n;
}

function bitPosition(v: Value, name: string): bigint {
  const n = isNum(v) ? toBigInt(v) : undefined;
  if (n === undefined)
    throw badValue(`Failed to parse bit position. Expected an integer: ${show(v)}`);
  if (n < 0n) {
    throw badValue(
      `Failed to parse bit position. Expected a non-negative number in: ${name}: ${show(v)}`,
    );
  }
  return n;
}

function bitsOf(bytes: Uint8Array): bigint {
  let n = 0n;
  for (let i = 0; i < bytes.length; i++) n |= BigInt(bytes[i] as number) << BigInt(8 * i);
  return n;
}

/** A value's bits; a negative number has all the high ones set, as in two's complement. */
function bitsOfValue(x: Value): bigint | undefined {
  if (isBinary(x)) return bitsOf(x.buffer.subarray(0, x.position));
  return isNum(x) && isIntegral(x) ? toBigInt(x) : undefined;
}

function bitTest(name: string, holds: (found: bigint, mask: bigint) => boolean) {
  return (arg: Value, place: Place): Predicate => {
    const mask = maskOf(arg, name);
    const leaf: Leaf = (x) => {
      const bits = bitsOfValue(x);
      return bits !== undefined && holds(bits & mask, mask);
    };
    return place.test(leaf);
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/query/bitsAllSet/ */
export const $bitsAllSet = bitTest('$bitsAllSet', (found, mask) => found === mask);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/bitsAllClear/ */
export const $bitsAllClear = bitTest('$bitsAllClear', (found) => found === 0n);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/bitsAnySet/ */
export const $bitsAnySet = bitTest('$bitsAnySet', (found) => found !== 0n);
/** @see https://www.mongodb.com/docs/manual/reference/operator/query/bitsAnyClear/ */
export const $bitsAnyClear = bitTest('$bitsAnyClear', (found, mask) => found !== mask);
