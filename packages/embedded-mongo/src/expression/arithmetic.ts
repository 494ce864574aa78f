import { MongoError } from '../errors.ts';
import { decimalOf, divideExact } from '../values/decimal.ts';
import { decimalDigits, decimalOfDouble } from '../values/numbers.ts';
import { doubleOf, isDecimal, toNumber, type Numeric, type Value } from '../values/index.ts';

/**
 * Divides: a double, or a decimal when either is one.
 * @throws MongoError 2 for a division by zero
 */
export function divide(a: Numeric, b: Numeric): Value {
  if (toNumber(b) === 0) throw new MongoError(2, "can't $divide by zero");
  if (!isDecimal(a) && !isDecimal(b)) return doubleOf(toNumber(a) / toNumber(b));
  const x = decimalDigits(a);
  const y = decimalDigits(b);
  return x && y ? decimalOf(divideExact(x, y)) : decimalOfDouble(toNumber(a) / toNumber(b));
}
