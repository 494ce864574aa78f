import { MongoError, failedToParse } from '../errors.ts';
import { compare } from '../order/index.ts';
import {
  isArr,
  isDate,
  isNum,
  isPlain,
  rank,
  toNumber,
  valueAt,
  type Doc,
  type Value,
} from '../values/index.ts';
import { addUnit, UNITS, UTC, type Unit } from '../expression/index.ts';

/** Where a document's window begins and (exclusive) ends within its partition. */
export type Window = readonly [number, number];

/** Gives the windows of a partition's documents, by their place. */
export type Bounds = (partition: { docs: readonly Doc[] }) => (i: number) => Window;

function ends(given: Value, name: string): [Value, Value] {
  if (!isArr(given) || given.length !== 2) {
    throw failedToParse(`Window bounds must be a 2-element array: ${name}`);
  }
  return [given[0], given[1]];
}

/**
 * Compiles a `window`.
 * @throws MongoError 9 or 5339902
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/
 */
export function boundsOf(window: Value, sortBy: Doc | undefined): Bounds | undefined {
  if (!isPlain(window)) throw failedToParse("'window' field must be an object");
  const { documents, range, unit } = window;
  for (const name of Object.keys(window)) {
    if (!['documents', 'range', 'unit'].includes(name)) {
      throw failedToParse(
        `'window' field can only contain 'documents' as the only argument or 'range' with an optional 'unit' field`,
      );
    }
  }
  if (documents !== undefined) {
    if (range !== undefined || unit !== undefined) {
      throw failedToParse(
        `'window' field can only contain 'documents' as the only argument or 'range' with an optional 'unit' field`,
      );
    }
    return documentBounds(ends(documents, 'documents'), sortBy);
  }
  if (range === undefined) {
    if (unit !== undefined) throw failedToParse("'unit' is only allowed with 'range'");
    return undefined;
  }
  return rangeBounds(ends(range, 'range'), unit, sortBy);
}

function documentBounds([low, high]: [Value, Value], sortBy: Doc | undefined): Bounds {
  if (!sortBy && (low !== 'unbounded' || high !== 'unbounded')) {
    throw new MongoError(5339901, 'Document-based bounds require a sortBy');
  }
  const read = (v: Value): number | 'unbounded' => {
    if (v === 'unbounded') return v;
    if (v === 'current') return 0;
    const n = isNum(v) ? toNumber(v) : Number.NaN;
    if (!Number.isInteger(n))
      throw failedToParse('Numeric document-based bounds must be an integer');
    return n;
  };
  const from = read(low);
  const to = read(high);
  if (from !== 'unbounded' && to !== 'unbounded' && from > to) {
    throw new MongoError(5339900, `Lower bound must not exceed upper bound: [${from}, ${to}]`);
  }
  return ({ docs }) =>
    (i) => {
      const a = from === 'unbounded' ? 0 : Math.min(Math.max(i + from, 0), docs.length);
      const b = to === 'unbounded' ? docs.length : Math.min(Math.max(i + to + 1, 0), docs.length);
      return [a, Math.max(a, b)];
    };
}

function rangeBounds([low, high]: [Value, Value], unit: Value, sortBy: Doc | undefined): Bounds {
  const names = Object.keys(sortBy ?? {});
  const path = names[0]?.split('.');
  const dir = sortBy && path ? sortBy[names[0] ?? ''] : undefined;
  if (!path || names.length !== 1 || !isNum(dir) || toNumber(dir) !== 1) {
    throw new MongoError(5339902, 'Range-based bounds require sortBy a single, ascending field');
  }
  if (unit !== undefined && (typeof unit !== 'string' || !UNITS.has(unit))) {
    throw new MongoError(9, `unknown time unit value: ${String(unit)}`);
  }
  const move = (v: Value, by: Value): Value => {
    if (by === 'current' || !isNum(by)) return v;
    if (isDate(v)) {
      if (unit === undefined)
        throw new MongoError(
          5429413,
          'Invalid range: Expected the sortBy field to be a number, but it was date',
        );
      return new Date(addUnit(v.getTime(), unit as Unit, toNumber(by), UTC));
    }
    if (!isNum(v))
      throw new MongoError(5429414, 'Invalid range: Expected the sortBy field to be a number');
    if (unit !== undefined)
      throw new MongoError(5429513, 'Invalid range: Expected the sortBy field to be a date');
    return toNumber(v) + toNumber(by);
  };
  return ({ docs }) => {
    const at = (i: number): Value => valueAt(docs[i] as Doc, path);
    return (i) => {
      const v = at(i);
      const inRank = (x: number): boolean => x < docs.length && rank(at(x)) === rank(v);
      let a = 0;
      if (low !== 'unbounded') {
        const least = move(v, low);
        a = firstWhere(docs.length, (x) => compare(at(x), least) >= 0);
        if (!inRank(a)) return [0, 0];
      }
      if (high === 'unbounded') return [a, docs.length];
      const most = move(v, high);
      const b = firstWhere(docs.length, (x) => compare(at(x), most) > 0);
      return [a, b > a && inRank(b - 1) ? b : a];
    };
  };
}

/** The first of so many ordered places for which something is true, as it then is for all later. */
function firstWhere(places: number, holds: (i: number) => boolean): number {
  let lo = 0;
  let hi = places;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (holds(mid)) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}
