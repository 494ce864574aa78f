import { Decimal128, Double, Long } from 'bson';
import {
  addExact,
  compareExact,
  decimalOf,
  exactOf,
  exactOfDouble,
  exactOfText,
  multiplyExact,
  negateExact,
  type Exact,
} from './decimal.ts';
import { isDecimal, isInt32, isLong, numberKind, type NumberKind } from './kinds.ts';
import type { Numeric } from './types.ts';

const LONG_MAX = 0x7fffffffffffffffn;
const LONG_MIN = -0x8000000000000000n;

/** The nearest JS number. */
export function toNumber(v: Numeric): number {
  if (typeof v === 'number') return v;
  if (v instanceof Double) return v.value;
  if (v instanceof Decimal128) return numberOfDecimal(v);
  return v.toNumber();
}

const numberOfDecimal = (v: Decimal128): number => Number(v.toString());

/** A double as a value: wrapped when the bare JS number would be taken for an int32. */
export const doubleOf = (v: number): number | Double => (isInt32(v) ? new Double(v) : v);

/** A whole number as the narrowest of int and long; undefined beyond 64 bits. */
export function integerOf(v: bigint): number | Long | undefined {
  if (v >= -0x80000000n && v <= 0x7fffffffn) return Number(v);
  return v >= LONG_MIN && v <= LONG_MAX ? Long.fromBigInt(v) : undefined;
}

/** The whole number a value holds, whatever its type; undefined when it has a fraction or is not finite. */
export function toBigInt(v: Numeric): bigint | undefined {
  if (isLong(v)) return v.toBigInt();
  if (isDecimal(v)) {
    const e = exactOf(v);
    if (!e) return undefined;
    if (e.exponent >= 0) return e.coefficient * 10n ** BigInt(e.exponent);
    const unit = 10n ** BigInt(-e.exponent);
    return e.coefficient % unit === 0n ? e.coefficient / unit : undefined;
  }
  const n = toNumber(v);
  return Number.isInteger(n) ? BigInt(n) : undefined;
}

/** Whether a value is a whole number that fits a long. */
export function isIntegral(v: Numeric): boolean {
  const n = toBigInt(v);
  return n !== undefined && n >= LONG_MIN && n <= LONG_MAX;
}

/** A number as it is, digit for digit; undefined when it is not finite. */
export function exactNumber(v: Numeric): Exact | undefined {
  if (isDecimal(v)) return exactOf(v);
  if (isLong(v)) return { coefficient: v.toBigInt(), exponent: 0 };
  const n = toNumber(v);
  return Number.isFinite(n) ? exactOfDouble(n) : undefined;
}

/** A number as the decimal MongoDB computes with: doubles keep 15 significant digits. */
export function decimalDigits(v: Numeric): Exact | undefined {
  if (isDecimal(v) || isLong(v)) return exactNumber(v);
  const n = toNumber(v);
  if (!Number.isFinite(n)) return undefined;
  if (Number.isInteger(n) && Math.abs(n) < 1e15) return { coefficient: BigInt(n), exponent: 0 };
  return exactOfText(n.toPrecision(15).replace(/(\.\d*?)0+(e|$)/, '$1$2'));
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  const aNaN = Number.isNaN(a);
  const bNaN = Number.isNaN(b);
  return aNaN ? (bNaN ? 0 : -1) : bNaN ? 1 : 0;
}

/** Compares two numbers of any types by value; NaN is equal to itself and below all others. */
export function cmpNum(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return compareDoubles(a, b);
  const x = toNumber(a);
  const y = toNumber(b);
  const wide = isLong(a) || isLong(b) || isDecimal(a) || isDecimal(b);
  if (!wide || Number.isNaN(x) || Number.isNaN(y)) return compareDoubles(x, y);
  if (!isDecimal(a) && !isDecimal(b) && x !== y) return compareDoubles(x, y);
  if (isDecimal(a) || isDecimal(b)) {
    // Nearest doubles that differ decide, except near the ends of the doubles' range.
    if (x !== y && Number.isFinite(x) && Number.isFinite(y)) return compareDoubles(x, y);
  }
  const ex = exactNumber(a);
  const ey = exactNumber(b);
  return ex && ey ? compareExact(ex, ey) : infiniteOrder(a, b, ex, ey);
}

function infiniteOrder(a: Numeric, b: Numeric, ex?: Exact, ey?: Exact): number {
  const sideOf = (v: Numeric, finite?: Exact): number => (finite ? 0 : Math.sign(toNumber(v)));
  return sideOf(a, ex) - sideOf(b, ey);
}

const WIDTH: Readonly<Record<NumberKind, number>> = { int: 0, long: 1, double: 2, decimal: 3 };

/** The wider of two numbers' types: int, long, double, decimal. */
function widerKind(a: Numeric, b: Numeric): NumberKind {
  const x = numberKind(a);
  const y = numberKind(b);
  return WIDTH[x] >= WIDTH[y] ? x : y;
}

/** The three sums of numbers that all operators share. */
export type Arithmetic = 'add' | 'subtract' | 'multiply';

const ON_BIGINT: Readonly<Record<Arithmetic, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};
const ON_DOUBLE: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};
const ON_EXACT: Readonly<Record<Arithmetic, (a: Exact, b: Exact) => Exact>> = {
  add: addExact,
  subtract: (a, b) => addExact(a, negateExact(b)),
  multiply: multiplyExact,
};

/**
 * Computes in the wider of the two types: an int result that does not fit becomes a long.
 * @returns undefined when whole numbers overflow 64 bits (an update refuses, an expression goes on
 * with a double)
 */
export function arith(op: Arithmetic, a: Numeric, b: Numeric): Numeric | undefined {
  if (typeof a === 'number' && typeof b === 'number' && isInt32(a) && isInt32(b)) {
    const r = ON_DOUBLE[op](a, b);
    if (isInt32(r)) return r;
    if (r === 0) return 0;
    return Number.isSafeInteger(r)
      ? Long.fromNumber(r)
      : Long.fromBigInt(ON_BIGINT[op](BigInt(a), BigInt(b)));
  }
  const kind = widerKind(a, b);
  if (kind === 'double') return doubleOf(ON_DOUBLE[op](toNumber(a), toNumber(b)));
  if (kind === 'decimal') return arithDecimal(op, a, b);
  const r = ON_BIGINT[op](toBigInt(a) ?? 0n, toBigInt(b) ?? 0n);
  return r >= LONG_MIN && r <= LONG_MAX ? Long.fromBigInt(r) : undefined;
}

function arithDecimal(op: Arithmetic, a: Numeric, b: Numeric): Decimal128 {
  const x = decimalDigits(a);
  const y = decimalDigits(b);
  if (x && y) return decimalOf(ON_EXACT[op](x, y));
  return decimalOfDouble(ON_DOUBLE[op](toNumber(a), toNumber(b)));
}

/** A double that may be NaN or infinite, as a Decimal128 of 15 significant digits. */
export function decimalOfDouble(v: number): Decimal128 {
  if (Number.isFinite(v)) return decimalOf(decimalDigits(v) ?? { coefficient: 0n, exponent: 0 });
  return Decimal128.fromString(Number.isNaN(v) ? 'NaN' : v > 0 ? 'Infinity' : '-Infinity');
}

/** Any number as a Decimal128. */
export function toDecimal(v: Numeric): Decimal128 {
  if (isDecimal(v)) return v;
  const digits = decimalDigits(v);
  return digits ? decimalOf(digits) : decimalOfDouble(toNumber(v));
}
