import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import { decimalOf, exactOf, roundExact } from '../values/decimal.ts';
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
  show,
  toBigInt,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { decimalOfDouble, exactNumber } from '../values/numbers.ts';
import { between, unaryOrNull } from './arguments.ts';
import type { Operator } from './types.ts';

/** An operator on numbers; null and missing give null, anything else is refused. */
export function numeric(f: (v: Numeric, name: string) => Value): Operator {
  return unaryOrNull((v, name) => {
    if (!isNum(v))
      throw new MongoError(28765, `${name} only supports numeric types, not ${typeName(v)}`);
    return f(v, name);
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/abs/ */
const $abs = numeric((v) => {
  if (isDecimal(v)) {
    const e = exactOf(v);
    if (e)
      return decimalOf({ ...e, coefficient: e.coefficient < 0n ? -e.coefficient : e.coefficient });
    return decimalOfDouble(Math.abs(toNumber(v)));
  }
  if (isLong(v)) {
    const n = v.toBigInt();
    if (n === -(2n ** 63n)) throw new MongoError(28680, "can't take $abs of long long min");
    return Long.fromBigInt(n < 0n ? -n : n);
  }
  const n = Math.abs(toNumber(v));
  return numberKind(v) === 'int' ? (integerOf(BigInt(n)) ?? n) : doubleOf(n);
});

type Rounding = 'half-even' | 'down' | 'floor' | 'ceil';

function roundDouble(v: number, places: number, mode: Rounding): number {
  if (!Number.isFinite(v)) return v;
  if (places === 0) return wholeDouble(v, mode);
  const digits = exactNumber(v);
  if (!digits) return v;
  const exact = roundExact(digits, places, mode);
  return Number(`${exact.coefficient}e${exact.exponent}`);
}

function wholeDouble(v: number, mode: Rounding): number {
  if (mode === 'floor') return Math.floor(v);
  if (mode === 'ceil') return Math.ceil(v);
  if (mode === 'down') return Math.trunc(v);
  const low = Math.floor(v);
  const half = v - low;
  if (half !== 0.5) return half < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

function roundValue(v: Numeric, places: number, mode: Rounding): Value {
  if (isDecimal(v)) {
    const e = exactOf(v);
    return e ? decimalOf(roundExact(e, places, mode)) : v;
  }
  if (numberKind(v) === 'double') return doubleOf(roundDouble(toNumber(v), places, mode));
  if (places >= 0) return v;
  const e = roundExact({ coefficient: toBigInt(v) ?? 0n, exponent: 0 }, places, mode);
  const whole = e.coefficient * 10n ** BigInt(-places);
  const out = integerOf(whole);
  if (out === undefined)
    throw new MongoError(51080, `invalid conversion from Decimal128 result in ${show(v)}`);
  return isLong(v) && typeof out === 'number' ? Long.fromNumber(out) : out;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/floor/ */
const $floor = numeric((v) => roundValue(v, 0, 'floor'));
/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/ceil/ */
const $ceil = numeric((v) => roundValue(v, 0, 'ceil'));

function rounding(mode: Rounding): Operator {
  return between(1, 2, ([v, places], name) => {
    if (isNullish(v)) return null;
    if (!isNum(v))
      throw new MongoError(51081, `${name} only supports numeric types, not ${typeName(v)}`);
    if (places === undefined) return roundValue(v, 0, mode);
    if (places === null) return null;
    if (!isNum(places) || !isIntegral(places)) {
      throw new MongoError(51082, `precision argument to  ${name} must be a integral value`);
    }
    const n = toNumber(places);
    if (n < -20 || n > 100) {
      throw new MongoError(
        51083,
        `cannot apply ${name} with precision value ${n} value must be in [-20, 100]`,
      );
    }
    return roundValue(v, n, mode);
  });
}

/** Absolute values and rounding. */
export const ROUNDING: Readonly<Record<string, Operator>> = {
  $abs,
  $floor,
  $ceil,
  $round: rounding('half-even'),
  $trunc: rounding('down'),
};
