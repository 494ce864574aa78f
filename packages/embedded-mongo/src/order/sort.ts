import { MongoError, badValue } from '../errors.ts';
import {
  digits,
  isArr,
  isNum,
  isPlain,
  own,
  toNumber,
  type Doc,
  type Value,
} from '../values/index.ts';
import type { Collator } from './collation.ts';
import { compare } from './compare.ts';

/** One field of a sort: its path and 1 or -1. */
export interface SortField {
  path: string;
  parts: readonly string[];
  dir: 1 | -1;
}

/** What a document is sorted by: one value for each field of the sort. */
export type SortKey = Value[];

/**
 * Reads a sort document.
 * @throws MongoError 15975, 2 and others in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/method/cursor.sort/
 */
function sortFields(spec: Doc): SortField[] {
  return Object.keys(spec).map((path) => {
    const given = spec[path];
    if (isPlain(given)) throw unsupportedMeta(given);
    if (!isNum(given)) {
      throw new MongoError(15974, `Illegal key in $sort specification: ${path}: ${String(given)}`);
    }
    const n = Math.trunc(toNumber(given));
    if (n !== 1 && n !== -1) {
      throw new MongoError(
        15975,
        '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
      );
    }
    if (path === '')
      throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
    const parts = path.split('.');
    if (parts.some((p) => p === '')) {
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    }
    if (parts.some((p) => p.startsWith('$'))) {
      throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    }
    return { path, parts, dir: n };
  });
}

function unsupportedMeta(given: Doc): MongoError {
  if (typeof given['$meta'] === 'string') {
    return new MongoError(
      40218,
      `query requires ${given['$meta']} metadata, but it is not available`,
    );
  }
  return badValue('$meta is the only expression supported by $sort right now');
}

/** The sort value of an empty array, which sorts below null and above MinKey. */
export const EMPTY: unique symbol = Symbol('empty array');

/**
 * The value a document sorts by: of an array the smallest element going up, the largest going
 * down; of an array of documents the same over what the rest of the path leads to.
 */
function sortValue(doc: Doc, field: SortField, collator?: Collator): Value | typeof EMPTY {
  const first = field.parts[0] as string;
  if (field.parts.length === 1) {
    const v = own(doc, first);
    if (!isArr(v)) return v === undefined ? null : v;
  }
  const found: (Value | typeof EMPTY)[] = [];
  gather(doc, field.parts, 0, found);
  let best: Value | typeof EMPTY = null;
  let any = false;
  for (const v of found) {
    if (!any || compareEmpty(v, best, collator) * field.dir < 0) best = v;
    any = true;
  }
  return best;
}

function gather(
  v: Value,
  parts: readonly string[],
  i: number,
  found: (Value | typeof EMPTY)[],
): void {
  const name = parts[i];
  if (name === undefined) {
    if (!isArr(v)) found.push(v === undefined ? null : v);
    else if (v.length === 0) found.push(EMPTY);
    else for (const e of v) found.push(e === undefined ? null : e);
    return;
  }
  if (isArr(v)) {
    if (digits(name) && Number(name) < v.length) gather(v[Number(name)], parts, i + 1, found);
    else
      for (const e of v) gather(isPlain(e) ? e : null, parts, isPlain(e) ? i : parts.length, found);
    if (v.length === 0) found.push(null);
  } else
    gather(isPlain(v) ? own(v, name) : undefined, parts, isPlain(v) ? i + 1 : parts.length, found);
}

function compareEmpty(
  a: Value | typeof EMPTY,
  b: Value | typeof EMPTY,
  collator?: Collator,
): number {
  if (a === EMPTY || b === EMPTY) {
    if (a === b) return 0;
    const other = a === EMPTY ? b : a;
    const below = compare(other as Value, null) < 0 ? 1 : -1;
    return a === EMPTY ? below : -below;
  }
  return compare(a, b, collator);
}

/** Sorting by a specification: `keyOf` reads a document once, `compare` orders two such keys. */
export interface Sorter {
  fields: readonly SortField[];
  keyOf(doc: Doc): SortKey;
  compare(a: SortKey, b: SortKey): number;
}

/**
 * Compiles a sort document.
 * @throws MongoError when the document is no sort
 */
export function sorterOf(spec: Doc, collator?: Collator): Sorter {
  const fields = sortFields(spec);
  return {
    fields,
    keyOf: (doc) => fields.map((f) => sortValue(doc, f, collator) as Value),
    compare: (a, b) => {
      for (let i = 0; i < fields.length; i++) {
        const d = compareEmpty(a[i], b[i], collator);
        if (d !== 0) return d * (fields[i] as SortField).dir;
      }
      return 0;
    },
  };
}
