import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import { decimalOf } from '../values/decimal.ts';
import {
  doubleOf,
  integerOf,
  isDecimal,
  isIntegral,
  isLong,
  isNullish,
  isNum,
  numberKind,
  type Numeric,
  toBigInt,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { decimalDigits, decimalOfDouble } from '../values/numbers.ts';
import { binary } from './arguments.ts';
import { numeric } from './rounding.ts';
import type { Operator } from './types.ts';

/** A function on doubles that decimals go through as doubles too. */
const real = (f: (x: number) => number, check?: (x: number, name: string) => void): Operator =>
  numeric((v, name) => {
    const x = toNumber(v);
    check?.(x, name);
    const y = f(x);
    return isDecimal(v) ? decimalOfDouble(y) : doubleOf(y);
  });

const positive =
  (code: number) =>
  (x: number, name: string): void => {
    if (x <= 0)
      throw new MongoError(code, `${name}'s argument must be a positive number, but is ${x}`);
  };

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/log/ */
const $log = binary((v, base, name) => {
  if (isNullish(v) || isNullish(base)) return null;
  if (!isNum(v))
    throw new MongoError(28756, `${name}'s argument must be numeric, not ${typeName(v)}`);
  if (!isNum(base))
    throw new MongoError(28757, `${name}'s base must be numeric, not ${typeName(base)}`);
  const x = toNumber(v);
  const b = toNumber(base);
  if (x <= 0)
    throw new MongoError(28758, `${name}'s argument must be a positive number, but is ${x}`);
  if (b <= 0 || b === 1) {
    throw new MongoError(
      28759,
      `${name}'s base must be a positive number not equal to 1, but is ${b}`,
    );
  }
  const y = b === 10 ? Math.log10(x) : b === 2 ? Math.log2(x) : Math.log(x) / Math.log(b);
  return isDecimal(v) || isDecimal(base) ? decimalOfDouble(y) : doubleOf(y);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/pow/ */
const $pow = binary((a, b, name) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNum(a)) throw new MongoError(28762, `${name}'s base must be numeric, not ${typeName(a)}`);
  if (!isNum(b))
    throw new MongoError(28763, `${name}'s exponent must be numeric, not ${typeName(b)}`);
  if (toNumber(a) === 0 && toNumber(b) < 0) {
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  if (isDecimal(a) || isDecimal(b)) return decimalPower(a, b);
  if (numberKind(a) === 'double' || numberKind(b) === 'double')
    return doubleOf(toNumber(a) ** toNumber(b));
  const exponent = toBigInt(b) ?? 0n;
  if (exponent < 0n || exponent > 64n) {
    const y = toNumber(a) ** toNumber(b);
    return Number.isSafeInteger(y) ? sameWidth(BigInt(y), a, b) : doubleOf(y);
  }
  return sameWidth((toBigInt(a) ?? 0n) ** exponent, a, b);
});

function sameWidth(v: bigint, a: Numeric, b: Numeric): Value {
  const out = integerOf(v);
  if (out === undefined) return doubleOf(Number(v));
  return (isLong(a) || isLong(b)) && typeof out === 'number' ? Long.fromNumber(out) : out;
}

function decimalPower(a: Numeric, b: Numeric): Value {
  const n = isIntegral(b) ? toNumber(b) : Number.NaN;
  const base = decimalDigits(a);
  if (base && Number.isInteger(n) && n >= 0 && n <= 200) {
    return decimalOf({ coefficient: base.coefficient ** BigInt(n), exponent: base.exponent * n });
  }
  return decimalOfDouble(toNumber(a) ** toNumber(b));
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sqrt/ */
const $sqrt = real(Math.sqrt, (x, name) => {
  if (x < 0) throw new MongoError(28714, `${name}'s argument must be greater than or equal to 0`);
});

const within =
  (low: number, high: number) =>
  (x: number, name: string): void => {
    if (x < low || x > high) {
      throw new MongoError(
        50989,
        `cannot apply ${name} to ${x}, value must be in [${low},${high}]`,
      );
    }
  };

const finite = (x: number, name: string): void => {
  if (Math.abs(x) === Infinity) {
    throw new MongoError(50989, `cannot apply ${name} to ${x}, value must be in (-inf,inf)`);
  }
};

/** Powers, logarithms and angles. */
export const FUNCTIONS: Readonly<Record<string, Operator>> = {
  $exp: real(Math.exp),
  $ln: real(Math.log, positive(28766)),
  $log10: real(Math.log10, positive(28761)),
  $log,
  $pow,
  $sqrt,
  $sin: real(Math.sin, finite),
  $cos: real(Math.cos, finite),
  $tan: real(Math.tan, finite),
  $asin: real(Math.asin, within(-1, 1)),
  $acos: real(Math.acos, within(-1, 1)),
  $atan: real(Math.atan),
  $atan2: binary((a, b, name) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNum(a) || !isNum(b)) {
      throw new MongoError(
        51044,
        `${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`,
      );
    }
    const y = Math.atan2(toNumber(a), toNumber(b));
    return isDecimal(a) || isDecimal(b) ? decimalOfDouble(y) : doubleOf(y);
  }),
  $sinh: real(Math.sinh),
  $cosh: real(Math.cosh),
  $tanh: real(Math.tanh),
  $asinh: real(Math.asinh),
  $acosh: real(Math.acosh, within(1, Infinity)),
  $atanh: real(Math.atanh, within(-1, 1)),
  $degreesToRadians: real((x) => (x * Math.PI) / 180),
  $radiansToDegrees: real((x) => (x * 180) / Math.PI),
};
