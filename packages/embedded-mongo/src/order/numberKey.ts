import type { Decimal128 } from 'bson';
import { compareExact, exactOf, exactOfDouble, pow10, type Exact } from '../values/decimal.ts';
import { isDecimal, isLong, toNumber, type Numeric } from '../values/index.ts';

/**
 * The parts of a number's ordered key. All four number types share one order:
 * `floor` is the largest double not above the value, `rest` the whole part of what is left over
 * (only longs and decimals beyond 2^53 have any), `tail` what a decimal has beyond that.
 */
export interface NumberKey {
  floor: number;
  rest: number;
  tail: Uint8Array | undefined;
}

const LONG_LIMIT = 2 ** 63;
const DIGITS = 34;
const EXPONENT_OFFSET = 20_000;

/** Splits a number into the parts of its key. */
export function numberKey(v: Numeric): NumberKey {
  if (isLong(v)) return longKey(v.toBigInt());
  if (isDecimal(v)) return decimalKey(v);
  return { floor: toNumber(v), rest: 0, tail: undefined };
}

function longKey(v: bigint): NumberKey {
  let floor = Number(v);
  if (BigInt(floor) > v) floor = below(floor);
  return { floor, rest: Number(v - BigInt(floor)), tail: undefined };
}

/** The next smaller double. */
function below(v: number): number {
  if (v === Infinity) return Number.MAX_VALUE;
  if (v === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, v);
  view.setBigInt64(0, view.getBigInt64(0) + (v > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

function decimalKey(v: Decimal128): NumberKey {
  const exact = exactOf(v);
  if (!exact) return { floor: Number(v.toString()), rest: 0, tail: undefined };
  let floor = Number(v.toString());
  if (floor === Infinity) floor = Number.MAX_VALUE;
  else if (floor !== -Infinity && compareExact(exactOfDouble(floor), exact) > 0)
    floor = below(floor);
  // Below every finite double: only the tail orders such decimals among themselves.
  if (floor === -Infinity) return { floor, rest: 0, tail: tailOf(exact) };
  const base = exactOfDouble(floor);
  const rest = Math.abs(floor) < LONG_LIMIT || floor === -LONG_LIMIT ? wholeAbove(exact, base) : 0;
  const reached = {
    coefficient: BigInt(rest) * pow10(-base.exponent) + base.coefficient,
    exponent: base.exponent,
  };
  return { floor, rest, tail: compareExact(reached, exact) === 0 ? undefined : tailOf(exact) };
}

function wholeAbove(v: Exact, base: Exact): number {
  const low = Math.min(v.exponent, base.exponent, 0);
  const gap =
    v.coefficient * pow10(v.exponent - low) - base.coefficient * pow10(base.exponent - low);
  return Number(gap / pow10(-low));
}

/** Exponent and digits, so that larger values have larger bytes. */
function tailOf(v: Exact): Uint8Array {
  const negative = v.coefficient < 0n;
  const text = (negative ? -v.coefficient : v.coefficient).toString();
  const magnitude = v.exponent + text.length + EXPONENT_OFFSET;
  const out = Buffer.alloc(2 + DIGITS);
  out.writeUInt16BE(magnitude, 0);
  out.write(text.padEnd(DIGITS, '0'), 2, 'latin1');
  if (negative) for (let i = 0; i < out.length; i++) out[i] = 0xff - (out[i] as number);
  return out;
}
