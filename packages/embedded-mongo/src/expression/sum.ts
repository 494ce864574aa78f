import { type Decimal128, Long } from 'bson';
import { addExact, decimalOf, exactOf, type Exact } from '../values/decimal.ts';
import { decimalDigits, decimalOfDouble } from '../values/numbers.ts';
import {
  doubleOf,
  integerOf,
  isDecimal,
  isDouble,
  isInt32,
  isLong,
  isNum,
  toNumber,
  type Numeric,
  type Value,
} from '../values/index.ts';

/**
 * A running sum that keeps number types as MongoDB does: whole numbers exactly, doubles with the
 * lost digits carried along, decimals as decimals. What is not a number is passed over.
 */
export class Sum {
  /** How many numbers were added. */
  count = 0;
  #small = 0;
  #big = 0n;
  #long = false;
  #double = 0;
  #lost = 0;
  #doubles = false;
  #decimal: Exact | undefined;
  /** A sum of decimals that is no longer finite. */
  #odd: number | undefined;

  add(v: Value): void {
    if (!isNum(v)) return;
    this.count++;
    if (typeof v === 'number' && isInt32(v)) this.#addSmall(v);
    else if (isLong(v)) {
      this.#long = true;
      this.#big += v.toBigInt();
    } else if (isDecimal(v)) this.#addDecimal(v);
    else this.#addDouble(isDouble(v) ? v.value : toNumber(v));
  }

  #addSmall(v: number): void {
    this.#small += v;
    if (Number.isSafeInteger(this.#small)) return;
    this.#big += BigInt(this.#small - v) + BigInt(v);
    this.#small = 0;
  }

  #addDouble(v: number): void {
    this.#doubles = true;
    const sum = this.#double + v;
    if (Number.isFinite(sum)) {
      const big = Math.abs(this.#double) >= Math.abs(v);
      this.#lost += big ? this.#double - sum + v : v - sum + this.#double;
    }
    this.#double = sum;
  }

  #addDecimal(v: Decimal128): void {
    const digits = exactOf(v);
    if (digits) this.#decimal = addExact(this.#decimal ?? { coefficient: 0n, exponent: 0 }, digits);
    else this.#odd = (this.#odd ?? 0) + toNumber(v);
  }

  get #whole(): bigint {
    return this.#big + BigInt(this.#small);
  }

  get #asDouble(): number {
    const doubles = Number.isFinite(this.#double) ? this.#double + this.#lost : this.#double;
    return doubles + Number(this.#whole);
  }

  get #isDecimal(): boolean {
    return this.#decimal !== undefined || this.#odd !== undefined;
  }

  #exact(): Exact | undefined {
    if (this.#odd !== undefined) return undefined;
    const whole: Exact = { coefficient: this.#whole, exponent: 0 };
    const doubles = this.#doubles ? decimalDigits(this.#double + this.#lost) : undefined;
    if (this.#doubles && !doubles) return undefined;
    const sum = addExact(whole, this.#decimal ?? { coefficient: 0n, exponent: 0 });
    return doubles ? addExact(sum, doubles) : sum;
  }

  /** The sum, 0 for none. */
  result(): Numeric {
    if (this.#isDecimal) {
      const exact = this.#exact();
      return exact ? decimalOf(exact) : decimalOfDouble((this.#odd ?? 0) + this.#asDouble);
    }
    if (this.#doubles) return doubleOf(this.#asDouble);
    const whole = integerOf(this.#whole);
    if (whole === undefined) return doubleOf(Number(this.#whole));
    return this.#long && typeof whole === 'number' ? Long.fromNumber(whole) : whole;
  }

  /** The sum divided by how many numbers there were; null for none. */
  average(divide: (sum: Numeric, count: number) => Value): Value {
    if (this.count === 0) return null;
    if (this.#isDecimal) return divide(this.result(), this.count);
    return doubleOf(this.#asDouble / this.count);
  }
}
