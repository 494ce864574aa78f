import { Long } from 'bson';
import { badValue, MongoError, typeMismatch } from '../errors.ts';
import { decimalOf, divideExact, exactOf, remainderExact } from '../values/decimal.ts';
import {
  arith,
  doubleOf,
  isDate,
  isDecimal,
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
import { binary, variadic } from './arguments.ts';
import type { Operator } from './types.ts';

const isZero = (v: Numeric): boolean =>
  isDecimal(v) ? exactOf(v)?.coefficient === 0n : toNumber(v) === 0;

/**
 * Divides: a double, or a decimal when either is one.
 * @throws MongoError 2 for a division by zero
 */
export function divide(a: Numeric, b: Numeric): Value {
  if (isZero(b)) throw badValue("can't $divide by zero");
  if (!isDecimal(a) && !isDecimal(b)) return doubleOf(toNumber(a) / toNumber(b));
  const x = decimalDigits(a);
  const y = decimalDigits(b);
  return x && y ? decimalOf(divideExact(x, y)) : decimalOfDouble(toNumber(a) / toNumber(b));
}

/** Adds or multiplies whole numbers beyond 64 bits as doubles, as expressions do. */
function compute(op: 'add' | 'subtract' | 'multiply', a: Numeric, b: Numeric): Numeric {
  const v = arith(op, a, b);
  if (v !== undefined) return v;
  const x = toNumber(a);
  const y = toNumber(b);
  return doubleOf(op === 'add' ? x + y : op === 'subtract' ? x - y : x * y);
}

const asMillis = (v: Numeric): number => Math.round(toNumber(v));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/add/ */
const $add = variadic((list, name) => {
  let sum: Numeric = 0;
  let date: Date | undefined;
  for (const v of list) {
    if (isNullish(v)) return null;
    if (isDate(v)) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = v;
    } else if (isNum(v)) sum = compute('add', sum, v);
    else throw typeMismatch(`${name} only supports numeric or date types, not ${typeName(v)}`);
  }
  return date ? new Date(date.getTime() + asMillis(sum)) : sum;
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/multiply/ */
const $multiply = variadic((list, name) => {
  let product: Numeric = 1;
  for (const v of list) {
    if (isNullish(v)) return null;
    if (!isNum(v)) throw typeMismatch(`${name} only supports numeric types, not ${typeName(v)}`);
    product = compute('multiply', product, v);
  }
  return product;
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/subtract/ */
const $subtract = binary((a, b, name) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (isDate(a) && isDate(b)) return Long.fromNumber(a.getTime() - b.getTime());
  if (isDate(a) && isNum(b)) return new Date(a.getTime() - asMillis(b));
  if (isNum(a) && isNum(b)) return compute('subtract', a, b);
  throw typeMismatch(`can't ${name} ${typeName(b)} from ${typeName(a)}`);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/divide/ */
const $divide = binary((a, b, name) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNum(a) && isNum(b)) return divide(a, b);
  throw typeMismatch(`${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/mod/ */
const $mod = binary((a, b, name) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNum(a) || !isNum(b)) {
    throw typeMismatch(
      `${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`,
    );
  }
  if (isZero(b)) throw badValue("can't $mod by zero");
  if (isDecimal(a) || isDecimal(b)) {
    const x = decimalDigits(a);
    const y = decimalDigits(b);
    return x && y ? decimalOf(remainderExact(x, y)) : decimalOfDouble(toNumber(a) % toNumber(b));
  }
  if (isLong(a) || isLong(b)) {
    const x = toBigInt(a);
    const y = toBigInt(b);
    if (
      x !== undefined &&
      y !== undefined &&
      numberKind(a) !== 'double' &&
      numberKind(b) !== 'double'
    ) {
      return Long.fromBigInt(x % y);
    }
  }
  const rest = toNumber(a) % toNumber(b);
  const whole = numberKind(a) === 'int' && numberKind(b) === 'int';
  return whole ? rest || 0 : doubleOf(rest);
});

/** Sums, products and remainders. */
export const ARITHMETIC: Readonly<Record<string, Operator>> = {
  $add,
  $subtract,
  $multiply,
  $divide,
  $mod,
};
