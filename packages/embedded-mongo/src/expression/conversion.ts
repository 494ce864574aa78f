import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { MongoError } from '../errors.ts';
import { decimalOf, exactOf, exactOfText, roundExact } from '../values/decimal.ts';
import { decimalOfDouble, toDecimal } from '../values/numbers.ts';
import {
  doubleOf,
  integerOf,
  isBinary,
  isDate,
  isDecimal,
  isLong,
  isNullish,
  isNum,
  isObjectId,
  isPlain,
  isText,
  isTimestamp,
  numberKind,
  show,
  toBigInt,
  toNumber,
  TYPE_NUMBERS,
  typeName,
  type Numeric,
  type Value,
} from '../values/index.ts';
import { readNamed, unary } from './arguments.ts';
import { parseDate } from './dateFormat.ts';
import { dateText } from './dateText.ts';
import { momentOf } from './moments.ts';
import { numberText } from './text.ts';
import { truthy } from './truth.ts';
import type { Operator } from './types.ts';
import { UTC } from './zone.ts';

const failure = (message: string): MongoError => new MongoError(241, message);

const unsupported = (v: Value, to: string): MongoError =>
  failure(`Unsupported conversion from ${typeName(v)} to ${to} in $convert with no onError value`);

const unparsable = (v: Value, why: string): MongoError =>
  failure(
    `Failed to parse number ${show(v).replace(/^"|"$/g, "'")} in $convert with no onError value: ${why}`,
  );

/** A whole number of text or of a number, its fraction cut off. */
function wholeOf(v: Value, to: string): bigint {
  if (typeof v === 'string') {
    if (!/^[+-]?\d+$/.test(v)) throw unparsable(v, 'Did not consume whole string.');
    return BigInt(v);
  }
  if (typeof v === 'boolean') return v ? 1n : 0n;
  if (!isNum(v)) throw unsupported(v, to);
  if (isDecimal(v)) {
    const e = exactOf(v);
    if (!e) throw outOfRange(v);
    const whole = roundExact(e, 0, 'down');
    return whole.coefficient * 10n ** BigInt(Math.max(whole.exponent, 0));
  }
  const n = toNumber(v);
  if (!Number.isFinite(n))
    throw failure(
      'Attempt to convert NaN or infinity value to integer type in $convert with no onError value',
    );
  return toBigInt(v) ?? BigInt(Math.trunc(n));
}

const outOfRange = (v: Value): MongoError =>
  failure(`Conversion would overflow target type in $convert with no onError value: ${show(v)}`);

function toInt(v: Value): Value {
  const n = wholeOf(v, 'int');
  if (n < -0x80000000n || n > 0x7fffffffn) throw outOfRange(v);
  return Number(n);
}

function toLong(v: Value): Value {
  const n = isDate(v) ? BigInt(v.getTime()) : wholeOf(v, 'long');
  if (integerOf(n) === undefined) throw outOfRange(v);
  return Long.fromBigInt(n);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)$/i;

function toDouble(v: Value): Value {
  if (typeof v === 'string') {
    if (!NUMBER.test(v))
      throw unparsable(v, v === '' ? 'No digits' : 'Did not consume whole string.');
    const word = /^([+-]?)(inf|nan)/i.exec(v);
    if (!word) return doubleOf(Number(v));
    return word[2]?.toLowerCase() === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  }
  if (typeof v === 'boolean') return doubleOf(v ? 1 : 0);
  if (isDate(v)) return doubleOf(v.getTime());
  if (!isNum(v)) throw unsupported(v, 'double');
  const n = toNumber(v);
  if (isDecimal(v) && !Number.isFinite(n) && exactOf(v)) throw outOfRange(v);
  return doubleOf(n);
}

function decimal(v: Value): Value {
  if (typeof v === 'string') {
    const exact = exactOfText(v);
    if (exact) return decimalOf(exact);
    if (!NUMBER.test(v)) throw unparsable(v, 'Failed to parse string to decimal');
    return decimalOfDouble(toNumber(toDouble(v) as Numeric));
  }
  if (typeof v === 'boolean') return Decimal128.fromString(v ? '1' : '0');
  if (isDate(v)) return decimalOf({ coefficient: BigInt(v.getTime()), exponent: 0 });
  if (!isNum(v)) throw unsupported(v, 'decimal');
  return toDecimal(v);
}

function date(v: Value): Value {
  if (typeof v === 'string') return new Date(parseDate(v, UTC, false));
  if (isDate(v) || isObjectId(v) || isTimestamp(v)) return new Date(momentOf(v));
  if (!isNum(v) || numberKind(v) === 'int') throw unsupported(v, 'date');
  const n = isLong(v) ? v.toNumber() : Number(wholeOf(v, 'date'));
  const out = new Date(n);
  if (Number.isNaN(out.getTime())) throw outOfRange(v);
  return out;
}

function text(v: Value): Value {
  if (isText(v)) return String(v);
  if (isNum(v)) return numberKind(v) === 'double' ? numberText(toNumber(v)) : v.toString();
  if (typeof v === 'boolean') return String(v);
  if (isDate(v)) return dateText(v);
  if (isObjectId(v)) return v.toHexString();
  if (isBinary(v) && v.sub_type === Binary.SUBTYPE_UUID) return v.toUUID().toHexString(true);
  if (isBinary(v)) return Buffer.from(v.buffer.subarray(0, v.position)).toString('base64');
  throw unsupported(v, 'string');
}

function objectId(v: Value): Value {
  if (isObjectId(v)) return v;
  if (typeof v !== 'string') throw unsupported(v, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(v)) {
    throw failure(
      v.length === 24
        ? `Failed to parse objectId '${v}' in $convert with no onError value: Invalid character found in hex string`
        : `Failed to parse objectId '${v}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${v.length}`,
    );
  }
  return new ObjectId(v);
}

const TARGETS: Readonly<Record<string, (v: Value) => Value>> = {
  int: toInt,
  long: toLong,
  double: toDouble,
  decimal,
  date,
  string: text,
  objectId,
  bool: (v) => (isNum(v) ? toNumber(v) !== 0 : truthy(v)),
};

const converter = (target: string): Operator =>
  unary((v) => (isNullish(v) ? null : TARGETS[target]?.(v)));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/convert/ */
const $convert: Operator = (arg, scope, name) => {
  const { input, to, onError, onNull } = readNamed(
    arg,
    scope,
    name,
    ['input', 'to'],
    ['onError', 'onNull', 'format', 'byteOrder'],
  );
  return (env) => {
    const v = input?.(env);
    const target = readTarget(to?.(env));
    if (isNullish(v)) return onNull ? onNull(env) : null;
    if (target === null) return null;
    const convert = Object.hasOwn(TARGETS, target) ? TARGETS[target] : undefined;
    try {
      if (!convert) throw unsupported(v, target);
      return convert(v);
    } catch (e) {
      if (onError && e instanceof MongoError && e.code === 241) return onError(env);
      throw e;
    }
  };
};

function readTarget(given: Value): string | null {
  const v = isPlain(given) ? given['type'] : given;
  if (isNullish(v)) return null;
  if (isNum(v)) {
    const name = TYPE_NUMBERS.get(toNumber(v));
    if (name === undefined)
      throw new MongoError(
        9,
        `In $convert, numeric value for 'to' does not correspond to a BSON type: ${show(v)}`,
      );
    return name;
  }
  if (typeof v !== 'string')
    throw new MongoError(
      9,
      `$convert's 'to' argument must be a string or number, but is ${typeName(v)}`,
    );
  if (![...TYPE_NUMBERS.values()].includes(v)) throw new MongoError(2, `Unknown type name: ${v}`);
  return v;
}

/** Types and conversions between them. */
export const CONVERSION: Readonly<Record<string, Operator>> = {
  $convert,
  $toInt: converter('int'),
  $toLong: converter('long'),
  $toDouble: converter('double'),
  $toDecimal: converter('decimal'),
  $toDate: converter('date'),
  $toString: converter('string'),
  $toObjectId: converter('objectId'),
  $toBool: converter('bool'),
  $type: unary(typeName),
  $isNumber: unary((v) => isNum(v)),
};
