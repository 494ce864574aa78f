import { MongoError } from '../errors.ts';
import { isDate, isNullish, isNum, isText, typeName, type Value } from '../values/index.ts';
import { dateText } from './dateText.ts';

/** A value as text where an operator takes numbers and dates for it; '' for null. */
export function coerced(v: Value, name: string): string {
  if (isNullish(v)) return '';
  if (isText(v)) return String(v);
  if (isNum(v)) return typeof v === 'number' ? numberText(v) : v.toString();
  if (isDate(v)) return dateText(v);
  throw new MongoError(16007, `can't convert from BSON type ${typeName(v)} to String in ${name}`);
}

/** A double or int as MongoDB prints it. */
export const numberText = (v: number): string =>
  Object.is(v, -0) ? '-0' : String(v).replace(/^(-?\d(?:\.\d+)?e)\+/, '$1+');

/**
 * Text that an operator insists on.
 * @throws MongoError with the operator's number and words
 */
export function needText(v: Value, code: number, message: (type: string) => string): string {
  if (isText(v)) return String(v);
  throw new MongoError(code, message(typeName(v)));
}

/** The characters of a text, those beyond 16 bits too. */
export const codePoints = (s: string): string[] => [...s];
