import { equal, encodeKey, MAXENC, type SortField } from '../order/index.ts';
import { successor } from '../kv/view.ts';
import { type CollectionIndex, indexRange, type KeyRange } from '../store/index.ts';
import { type Doc, isArr, isPlain, rank, type Value } from '../values/index.ts';
import type { Bound, FilterBounds } from './bounds.ts';
import type { EmptyPlan, IndexPlan } from './plan.ts';

// More combinations of `$in` values than this are not worth separate ranges.
const MAX_RANGES = 2000;
// Merging walks all ranges at once.
const MAX_MERGED = 200;

const EMPTY: EmptyPlan = { kind: 'empty', sorted: true };

/** Whether text and values that hold text are compared alike by query and index. */
function sameCollation(index: CollectionIndex, collation: Doc | undefined): boolean {
  const mine = index.spec['collation'] as Doc | undefined;
  const locale = (c: Doc | undefined): Value =>
    c?.['locale'] === 'simple' ? undefined : c?.['locale'];
  if (locale(mine) !== locale(collation)) return false;
  if (!locale(mine)) return true;
  return (
    equal(mine?.['strength'] ?? 3, collation?.['strength'] ?? 3) &&
    (mine?.['caseLevel'] ?? false) === (collation?.['caseLevel'] ?? false) &&
    (mine?.['numericOrdering'] ?? false) === (collation?.['numericOrdering'] ?? false)
  );
}

const holdsText = (v: Value): boolean => typeof v === 'string' || isPlain(v) || isArr(v);

interface Fixed {
  /** Combinations of values for the leading fields. */
  prefixes: Value[][];
  /** How many leading fields are fixed. */
  fields: number;
  /** One value each. */
  single: boolean;
  range: Bound | null;
  used: number;
}

/** The leading fields of an index that the filter fixes, and the range on the next. */
function fix(
  index: CollectionIndex,
  bounds: FilterBounds,
  collation: Doc | undefined,
): Fixed | EmptyPlan {
  const sameText = sameCollation(index, collation);
  const comparable = (v: Value): boolean => sameText || !holdsText(v);
  const out: Fixed = { prefixes: [[]], fields: 0, single: true, range: null, used: 0 };
  for (const [n, field] of index.fields.entries()) {
    const bound = bounds.byPath.get(field);
    if (!bound || sharesArray(index, n)) break;
    if (!bound.eq) {
      const { lo, hi, prefix } = bound;
      const ends = [lo, hi].filter((v) => v !== undefined);
      if (!ends.every(comparable) || (prefix !== undefined && (index.collator || collation))) break;
      out.range = bound;
      out.used += ends.length === 2 ? 1.5 : 1;
      break;
    }
    if (!bound.eq.every(comparable)) break;
    if (index.sparse && bound.eq.some((v) => v === null || v === undefined)) break;
    if (!bound.eq.length) return EMPTY;
    if (out.prefixes.length * bound.eq.length > MAX_RANGES) break;
    if (bound.eq.length > 1) out.single = false;
    const values = distinctInOrder(bound.eq, index, n);
    out.prefixes = out.prefixes.flatMap((prefix) => values.map((v) => [...prefix, v]));
    out.fields = n + 1;
    out.used += 2;
  }
  return out;
}

/**
 * Of an array of documents, one field may match in one element and another field in another; an
 * entry holds the fields of one element. So only the first of them may be bounded.
 */
function sharesArray(index: CollectionIndex, n: number): boolean {
  if (!index.multikey) return false;
  const root = index.paths[n]?.[0];
  return index.paths.slice(0, n).some((path) => path[0] === root);
}

function distinctInOrder(values: Value[], index: CollectionIndex, n: number): Value[] {
  const byKey = new Map<string, Value>();
  for (const v of values) byKey.set(encodeKey([v], [1], index.collator).enc.toString('latin1'), v);
  const ordered = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v);
  return index.directions[n] === -1 ? ordered.reverse() : ordered;
}

/** Whether the index gives the order, read forward (1) or backward (-1); undefined if not. */
function givesOrder(
  index: CollectionIndex,
  sort: readonly SortField[],
  fixed: Fixed,
): 1 | -1 | undefined {
  const constant = new Set(index.fields.slice(0, fixed.fields));
  let at = fixed.fields;
  let direction = 0;
  for (const { path, dir } of sort) {
    if (constant.has(path)) {
      if (fixed.single) continue;
      return undefined;
    }
    if (index.fields[at] !== path) return undefined;
    const wanted = dir * (index.directions[at] as number);
    if (direction && direction !== wanted) return undefined;
    direction = wanted;
    at++;
  }
  return direction < 0 ? -1 : 1;
}

const canOrder = (index: CollectionIndex, collation: Doc | undefined): boolean =>
  !index.multikey && !index.lossy && !index.collator && !collation;

/** What a plan may be asked for. */
export interface Wanted {
  bounds: FilterBounds;
  sort: readonly SortField[] | null;
  collation: Doc | undefined;
  limited: boolean;
  /** The index was named by the client. */
  forced: boolean;
}

/** How an index would serve a query; null when it is of no use. */
export function planIndex(index: CollectionIndex, wanted: Wanted): IndexPlan | EmptyPlan | null {
  const fixed = fix(index, wanted.bounds, wanted.collation);
  if ('kind' in fixed) return fixed;
  const { sort, forced } = wanted;
  const order =
    sort && canOrder(index, wanted.collation) ? givesOrder(index, sort, fixed) : undefined;
  // A sparse index without bounds would leave documents out.
  const ordered = order !== undefined && (!index.sparse || fixed.used > 0);
  const merged = ordered && !fixed.single && fixed.prefixes.length > 1;
  const sorted = !sort || (ordered && (!merged || fixed.prefixes.length <= MAX_MERGED));
  if (!forced && !fixed.used && (index.sparse || !(sort && sorted))) return null;

  const built = rangesOf(index, fixed);
  if (!built) return EMPTY;
  const reverse = sort !== null && sorted && order === -1;
  if (reverse) {
    built.ranges.reverse();
    built.common.reverse();
  }
  return {
    kind: 'index',
    index,
    ranges: built.ranges,
    reverse,
    sorted,
    merge: sort && sorted && merged ? built.common : null,
    score: scoreOf(index, fixed, Boolean(sort && sorted)),
    fixed: fixed.fields,
    exact: isExact(index, wanted.bounds, fixed, built.shortened),
  };
}

function scoreOf(index: CollectionIndex, fixed: Fixed, sorts: boolean): number {
  const point = fixed.fields === index.fields.length && fixed.single;
  return (
    fixed.used * 10 +
    (index.unique && point ? 100 : 0) +
    (sorts ? (fixed.used ? 8 : 5) : 0) -
    index.fields.length * 0.01
  );
}

function isExact(
  index: CollectionIndex,
  bounds: FilterBounds,
  fixed: Fixed,
  shortened: boolean,
): boolean {
  if (bounds.residual || index.multikey || index.lossy || index.filter || shortened) return false;
  if (fixed.range?.prefix !== undefined) return false;
  const covered = index.fields.slice(0, fixed.fields + (fixed.range ? 1 : 0));
  for (const path of bounds.byPath.keys()) if (!covered.includes(path)) return false;
  if (bounds.conditions.some((c) => !bounds.byPath.has(c.path))) return false;
  for (const [path, bound] of bounds.byPath)
    if (bound.eq && (bound.lo !== undefined || bound.hi !== undefined || !covered.includes(path)))
      return false;
  return !fixed.prefixes.some((prefix) => prefix.some((v) => v === null || v === undefined));
}

interface Built {
  ranges: KeyRange[];
  /** Per range, how many bytes all its keys share. */
  common: number[];
  shortened: boolean;
}

function rangesOf(index: CollectionIndex, fixed: Fixed): Built | null {
  const out: Built = { ranges: [], common: [], shortened: false };
  for (const prefix of fixed.prefixes) {
    const key = encodeKey(prefix, index.directions, index.collator);
    if (key.enc.length >= MAXENC) out.shortened = true;
    const base = Buffer.concat([index.prefix, key.lossy ? key.enc.subarray(0, MAXENC) : key.enc]);
    const range = fixed.range
      ? rangeWithin(index, base, key.enc.length, prefix.length, fixed.range)
      : prefix.length
        ? { lo: base, hi: successor(base) }
        : indexRange(index.id);
    if (range === null) return null;
    if (range.lo.compare(range.hi) >= 0) continue;
    out.ranges.push(range);
    out.common.push(base.length);
  }
  return out.ranges.length ? out : null;
}

function rangeWithin(
  index: CollectionIndex,
  base: Buffer,
  used: number,
  column: number,
  bound: Bound,
): KeyRange | null {
  const direction = index.directions[column] as number;
  const at = (v: Value): Buffer =>
    Buffer.concat([
      base,
      encodeKey([v], [direction], index.collator).enc.subarray(0, Math.max(0, MAXENC - used)),
    ]);
  const { lo } = bound;
  // Of an array, one element may satisfy one end and another the other.
  const hi = index.multikey && lo !== undefined ? undefined : bound.hi;
  if (lo === undefined && hi === undefined) {
    const whole = at(bound.prefix);
    const begin = whole.subarray(0, whole.length - 1);
    return { lo: begin, hi: successor(begin) };
  }
  if (lo !== undefined && hi !== undefined && rank(lo) !== rank(hi)) return null;
  const type = rank(lo ?? hi);
  const typed = Buffer.concat([base, Buffer.from([direction > 0 ? type : type ^ 0xff])]);
  const edges = { lo: typed, hi: successor(typed) };
  const below = lo === undefined ? undefined : at(lo);
  const above = hi === undefined ? undefined : at(hi);
  const loose = index.lossy;
  const from = direction > 0 ? below : above;
  const to = direction > 0 ? above : below;
  const fromIncluded = (direction > 0 ? bound.loIncluded : bound.hiIncluded) || loose;
  const toIncluded = (direction > 0 ? bound.hiIncluded : bound.loIncluded) || loose;
  return {
    lo: from ? (fromIncluded ? from : successor(from)) : edges.lo,
    hi: to ? (toIncluded ? successor(to) : to) : edges.hi,
  };
}
