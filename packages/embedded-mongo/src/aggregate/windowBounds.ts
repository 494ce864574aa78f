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

/** The windows of a partition: for each document where its window begins and (exclusive) ends. */
export type Bounds = (partition: { docs: readonly Doc[] }) => [number, number][];

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
    docs.map((_d, i) => {
      const a = from === 'unbounded' ? 0 : Math.min(Math.max(i + from, 0), docs.length);
      const b = to === 'unbounded' ? docs.length : Math.min(Math.max(i + to + 1, 0), docs.length);
      return [a, Math.max(a, b)];
    });
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
    const values = docs.map((d) => valueAt(d, path));
    return values.map((v) => {
      const inRank = (x: Value): boolean => rank(x) === rank(v);
      const least = low === 'unbounded' ? undefined : move(v, low);
      const most = high === 'unbounded' ? undefined : move(v, high);
      const a =
        low === 'unbounded' ? 0 : values.findIndex((x) => inRank(x) && compare(x, least) >= 0);
      const b =
        high === 'unbounded'
          ? docs.length
          : values.findLastIndex((x) => inRank(x) && compare(x, most) <= 0) + 1;
      return a < 0 ? [0, 0] : [a, Math.max(a, b)];
    });
  };
}
