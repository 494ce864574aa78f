import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { isArr, isPlain, isNum, numberKind, R, rank, cmpNum, toNumber } from '../values/index.ts';
import type { Doc, Numeric, Value } from '../values/index.ts';
import type { Collator } from './collation.ts';

/** Compares two strings as their UTF-8 bytes compare. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? byCodePoint(x) - byCodePoint(y) : x - y;
  }
  return a.length - b.length;
}

// In UTF-16 the surrogates lie below U+E000; in UTF-8 what they stand for lies above.
const byCodePoint = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit + 0x2000);

type CompareSame = (a: never, b: never, collator?: Collator) => number;

export const bytesOf = (v: Binary): Uint8Array => v.buffer.subarray(0, v.position);

function compareBinary(a: Binary, b: Binary): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}

function compareTimestamp(a: Timestamp, b: Timestamp): number {
  return a.t - b.t || a.i - b.i;
}

function compareRegex(a: BSONRegExp, b: BSONRegExp): number {
  return compareText(a.pattern, b.pattern) || compareText(a.options, b.options);
}

function compareArrays(a: Value[], b: Value[], collator?: Collator): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const d = compare(a[i], b[i], collator);
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc, collator?: Collator): number {
  const x = Object.keys(a);
  const y = Object.keys(b);
  const length = Math.min(x.length, y.length);
  for (let i = 0; i < length; i++) {
    const p = x[i] as string;
    const q = y[i] as string;
    const d = rank(a[p]) - rank(b[q]) || compareText(p, q) || compare(a[p], b[q], collator);
    if (d !== 0) return d;
  }
  return x.length - y.length;
}

function compareCode(a: Code, b: Code, collator?: Collator): number {
  const text = compareText(a.code, b.code);
  return text || compare((a.scope ?? null) as Value, (b.scope ?? null) as Value, collator);
}

// An invalid date is one beyond what JS can hold; it sorts first, like the smallest.
const timeOf = (v: Date): number => {
  const t = v.getTime();
  return Number.isNaN(t) ? -Infinity : t;
};

const SAME_RANK = new Map<number, CompareSame>([
  [R.NULL, () => 0],
  [R.MIN, () => 0],
  [R.MAX, () => 0],
  [R.NUM, cmpNum],
  [
    R.STR,
    (a: Value, b: Value, collator?: Collator): number =>
      collator ? collator.cmp(String(a), String(b)) : compareText(String(a), String(b)),
  ],
  [R.OBJ, compareDocs],
  [R.ARR, compareArrays],
  [R.BIN, compareBinary],
  [R.OID, (a: ObjectId, b: ObjectId): number => Buffer.compare(a.id, b.id)],
  [R.BOOL, (a: boolean, b: boolean): number => Number(a) - Number(b)],
  [
    R.DATE,
    (a: Date, b: Date): number => {
      const x = timeOf(a);
      const y = timeOf(b);
      return x < y ? -1 : x > y ? 1 : 0;
    },
  ],
  [R.TS, compareTimestamp],
  [R.RE, compareRegex],
  [R.CODE, compareCode],
  [R.CODEW, compareCode],
]);

/**
 * MongoDB's order of all values: by type rank, then by value. Missing is null.
 * @returns negative, zero or positive
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compare(a: Value, b: Value, collator?: Collator): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return cmpNum(a, b);
  if (typeof a === 'string' && typeof b === 'string') {
    return collator ? collator.cmp(a, b) : compareText(a, b);
  }
  const ra = rank(a);
  const rb = rank(b);
  if (ra !== rb) return ra - rb;
  const same = SAME_RANK.get(ra);
  return same ? same(a as never, b as never, collator) : 0;
}

/** Whether two values are equal in MongoDB's order (1, 1.0 and NumberLong(1) are). */
export const equal = (a: Value, b: Value, collator?: Collator): boolean =>
  compare(a, b, collator) === 0;

function sameNumber(a: Numeric, b: Numeric): boolean {
  if (numberKind(a) !== numberKind(b)) return false;
  if (numberKind(a) === 'decimal') return a.toString() === b.toString();
  if (numberKind(a) === 'long') return cmpNum(a, b) === 0;
  return Object.is(toNumber(a), toNumber(b));
}

/** Equality that also tells number types apart: whether a write would change nothing. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return !(a === 0 && Object.is(a, -0) !== Object.is(b, -0));
  if (a === undefined || b === undefined || rank(a) !== rank(b)) return false;
  if (isArr(a) && isArr(b)) {
    return a.length === b.length && a.every((v, i) => identical(v, b[i]));
  }
  if (isPlain(a) && isPlain(b)) {
    const x = Object.keys(a);
    const y = Object.keys(b);
    return x.length === y.length && x.every((k, i) => k === y[i] && identical(a[k], b[k]));
  }
  if (isNum(a) && isNum(b)) return sameNumber(a, b);
  return typeof a === typeof b && compare(a, b) === 0;
}
