import { Long } from 'bson';
import { MongoError, badValue, typeMismatch } from '../errors.ts';
import { decimalOf, divideExact, exactOf, remainderExact, roundExact } from '../values/decimal.ts';
import { decimalDigits, decimalOfDouble } from '../values/numbers.ts';
import {
  arith,
  doubleOf,
  integerOf,
  isDate,
  isDecimal,
  isIntegral,
  isLong,
  isNullish,
  isNum,
  numberKind,
  show,
  toBigInt,
  toNumber,
  typeName,
  type Numeric,
  type Value,
} from '../values/index.ts';
import { between, binary, unaryOrNull, variadic } from './arguments.ts';
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

function numeric(f: (v: Numeric, name: string) => Value): Operator {
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
  const digits = decimalDigits(v);
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

function bitwise(f: (a: bigint, b: bigint) => bigint, identity: bigint): Operator {
  return variadic((list, name) => {
    let out = identity;
    let long = false;
    for (const v of list) {
      if (isNullish(v)) return null;
      const kind = isNum(v) ? numberKind(v) : typeName(v);
      if (!isNum(v) || (kind !== 'int' && kind !== 'long')) {
        throw typeMismatch(`${name} only supports int and long operands.`);
      }
      long ||= kind === 'long';
      out = f(out, toBigInt(v) ?? 0n);
    }
    return long ? Long.fromBigInt(out) : Number(BigInt.asIntN(32, out));
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bitNot/ */
const $bitNot = unaryOrNull((v, name) => {
  const kind = typeName(v);
  if (kind === 'int') return ~(v as number);
  if (isLong(v)) return v.not();
  throw typeMismatch(`${name} only supports int and long, not: ${kind}.`);
});

/** Sums, functions of numbers and bits. */
export const ARITHMETIC: Readonly<Record<string, Operator>> = {
  $add,
  $subtract,
  $multiply,
  $divide,
  $mod,
  $abs,
  $floor,
  $ceil,
  $round: rounding('half-even'),
  $trunc: rounding('down'),
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
  $bitAnd: bitwise((a, b) => a & b, -1n),
  $bitOr: bitwise((a, b) => a | b, 0n),
  $bitXor: bitwise((a, b) => a ^ b, 0n),
  $bitNot,
};
