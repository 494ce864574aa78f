import { MongoError } from '../errors.ts';
import { isNullish, isNum, show, toNumber, typeName } from '../values/index.ts';
import { between } from './arguments.ts';
import { searchRange, wholeArgument } from './arrays.ts';
import { codePoints, coerced, needText } from './text.ts';
import type { Operator } from './types.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexOfCP/ */
const $indexOfCP = between(2, 4, ([text, part, from, to], name) => {
  if (isNullish(text)) return null;
  const whole = codePoints(
    needText(text, 40093, (t) => `${name} requires a string as the first argument, found: ${t}`),
  );
  const token = codePoints(
    needText(part, 40094, (t) => `${name} requires a string as the second argument, found: ${t}`),
  );
  const [start, stop] = searchRange(from, to, name);
  return indexOf(whole, token, start, Math.min(stop, whole.length));
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexOfBytes/ */
const $indexOfBytes = between(2, 4, ([text, part, from, to], name) => {
  if (isNullish(text)) return null;
  const whole = [
    ...Buffer.from(
      needText(text, 40091, (t) => `${name} requires a string as the first argument, found: ${t}`),
    ),
  ];
  const token = [
    ...Buffer.from(
      needText(part, 40092, (t) => `${name} requires a string as the second argument, found: ${t}`),
    ),
  ];
  const [start, stop] = searchRange(from, to, name);
  return indexOf(whole, token, start, Math.min(stop, whole.length));
});

function indexOf<T>(whole: readonly T[], token: readonly T[], start: number, stop: number): number {
  for (let i = start; i + token.length <= stop; i++) {
    if (token.every((t, k) => whole[i + k] === t)) return i;
  }
  return -1;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/substrBytes/ */
const $substrBytes = between(3, 3, ([text, from, length], name) => {
  const bytes = Buffer.from(coerced(text, name));
  if (!isNum(from))
    throw new MongoError(
      16034,
      `${name}:  starting index must be a numeric type (is BSON type ${typeName(from)})`,
    );
  if (!isNum(length))
    throw new MongoError(
      16035,
      `${name}:  length must be a numeric type (is BSON type ${typeName(length)})`,
    );
  const start = Math.trunc(toNumber(from));
  const count = Math.trunc(toNumber(length));
  if (start < 0)
    throw new MongoError(50752, `${name}:  starting index must be non-negative (got: ${start})`);
  if (start >= bytes.length) return '';
  const stop = count < 0 ? bytes.length : Math.min(start + count, bytes.length);
  const inside = (i: number): boolean => ((bytes[i] ?? 0) & 0xc0) === 0x80;
  if (inside(start))
    throw new MongoError(
      28656,
      `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`,
    );
  if (inside(stop))
    throw new MongoError(
      28657,
      `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`,
    );
  return bytes.toString('utf8', start, stop);
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/substrCP/ */
const $substrCP = between(3, 3, ([text, from, length], name) => {
  const points = codePoints(coerced(text, name));
  if (!isNum(from))
    throw new MongoError(
      34450,
      `${name}: starting index must be a numeric type (is BSON type ${typeName(from)})`,
    );
  const start = wholeArgument(
    from,
    34451,
    `${name}: starting index cannot be represented as a 32-bit integral value: ${show(from)}`,
  );
  if (!isNum(length))
    throw new MongoError(
      34452,
      `${name}: length must be a numeric type (is BSON type ${typeName(length)})`,
    );
  const count = wholeArgument(
    length,
    34453,
    `${name}: length cannot be represented as a 32-bit integral value: ${show(length)}`,
  );
  if (count < 0) throw new MongoError(34454, `${name}: length must be a nonnegative integer.`);
  if (start < 0)
    throw new MongoError(34455, `${name}: the starting index must be nonnegative integer.`);
  return points.slice(start, start + count).join('');
});

/** Parts of texts by place. */
export const SUBSTRINGS: Readonly<Record<string, Operator>> = {
  $indexOfCP,
  $indexOfBytes,
  $substrBytes,
  $substr: $substrBytes,
  $substrCP,
};
