import { Decimal128 } from 'bson';

/** A finite decimal: `coefficient × 10^exponent`, kept exact while one computes. */
export interface Exact {
  coefficient: bigint;
  exponent: number;
}

/** Digits of IEEE 754 decimal128. */
const DIGITS = 34;
const LARGEST_EXPONENT = 6111;
const SMALLEST_EXPONENT = -6176;

export const pow10 = (n: number): bigint => 10n ** BigInt(n);

/** The digits of a Decimal128, or undefined for NaN and the infinities. */
export function exactOf(v: Decimal128): Exact | undefined {
  return exactOfText(v.toString());
}

/** Reads decimal notation (`-12.5E+3`); undefined when the text is not a finite number. */
export function exactOfText(text: string): Exact | undefined {
  const m = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!m) return undefined;
  const whole = m[2] ?? '';
  const fraction = m[3] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const coefficient = BigInt(whole + fraction);
  return {
    coefficient: m[1] === '-' ? -coefficient : coefficient,
    exponent: Number(m[4] ?? 0) - fraction.length,
  };
}

/** The exact value of a finite double. */
export function exactOfDouble(v: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, v);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = (biased === 0 ? 1 : biased) - 1075;
  const signed = v < 0 ? -mantissa : mantissa;
  if (power >= 0) return { coefficient: signed << BigInt(power), exponent: 0 };
  return { coefficient: signed * 5n ** BigInt(-power), exponent: power };
}

/** Compares two exact numbers: negative, zero or positive. */
export function compareExact(a: Exact, b: Exact): number {
  const low = Math.min(a.exponent, b.exponent);
  const x = a.coefficient * pow10(a.exponent - low);
  const y = b.coefficient * pow10(b.exponent - low);
  return x < y ? -1 : x > y ? 1 : 0;
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** Divides with the given rounding. */
function divideRounded(
  n: bigint,
  by: bigint,
  mode: 'half-even' | 'down' | 'floor' | 'ceil',
): bigint {
  const quotient = n / by;
  const rest = n % by;
  if (rest === 0n || mode === 'down') return quotient;
  const away = n < 0n !== by < 0n ? -1n : 1n;
  if (mode === 'floor') return away < 0n ? quotient - 1n : quotient;
  if (mode === 'ceil') return away > 0n ? quotient + 1n : quotient;
  const twice = abs(rest) * 2n;
  const limit = abs(by);
  if (twice > limit || (twice === limit && quotient % 2n !== 0n)) return quotient + away;
  return quotient;
}

/** Rounds to a number of decimal places (negative: to tens, hundreds, …). */
export function roundExact(
  v: Exact,
  places: number,
  mode: 'half-even' | 'down' | 'floor' | 'ceil',
): Exact {
  if (v.exponent >= -places) return v;
  const coefficient = divideRounded(v.coefficient, pow10(-places - v.exponent), mode);
  return { coefficient, exponent: -places };
}

/** The Decimal128 nearest to an exact number (34 digits, half to even). */
export function decimalOf(v: Exact): Decimal128 {
  let { coefficient, exponent } = v;
  const digits = abs(coefficient).toString().length;
  const drop = Math.max(digits - DIGITS, SMALLEST_EXPONENT - exponent, 0);
  if (drop > 0) {
    coefficient = divideRounded(coefficient, pow10(drop), 'half-even');
    exponent += drop;
  }
  while (
    exponent > LARGEST_EXPONENT &&
    abs(coefficient) < pow10(DIGITS - 1) &&
    coefficient !== 0n
  ) {
    coefficient *= 10n;
    exponent--;
  }
  if (coefficient === 0n) exponent = Math.min(exponent, LARGEST_EXPONENT);
  if (exponent > LARGEST_EXPONENT) {
    return Decimal128.fromString(coefficient < 0n ? '-Infinity' : 'Infinity');
  }
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

export function addExact(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const x = a.coefficient * pow10(a.exponent - exponent);
  return { coefficient: x + b.coefficient * pow10(b.exponent - exponent), exponent };
}

export const negateExact = (v: Exact): Exact => ({ ...v, coefficient: -v.coefficient });

export const multiplyExact = (a: Exact, b: Exact): Exact => ({
  coefficient: a.coefficient * b.coefficient,
  exponent: a.exponent + b.exponent,
});

/** Divides to more digits than a Decimal128 holds; trailing zeros of an even result are dropped. */
export function divideExact(a: Exact, b: Exact): Exact {
  const ideal = a.exponent - b.exponent;
  const shift = DIGITS + 4 + abs(b.coefficient).toString().length;
  const scaled = a.coefficient * pow10(shift);
  let coefficient = scaled / b.coefficient;
  let exponent = ideal - shift;
  if (scaled % b.coefficient !== 0n) {
    // A sticky digit, so that the later rounding cannot mistake this for a tie.
    return {
      coefficient: coefficient * 10n + (coefficient < 0n ? -1n : 1n),
      exponent: exponent - 1,
    };
  }
  while (exponent < ideal && coefficient % 10n === 0n && coefficient !== 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return { coefficient, exponent: coefficient === 0n ? ideal : exponent };
}

/** The remainder of a truncated division, with the dividend's sign. */
export function remainderExact(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  const x = a.coefficient * pow10(a.exponent - exponent);
  return { coefficient: x % (b.coefficient * pow10(b.exponent - exponent)), exponent };
}
