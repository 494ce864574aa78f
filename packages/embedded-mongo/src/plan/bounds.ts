import { isOpDoc } from '../match/index.ts';
import { MaxKey, MinKey } from 'bson';
import { type Doc, isArr, isPlain, isRegex, type Value } from '../values/index.ts';
import { regexPrefix } from './regex-prefix.ts';

/** What a filter says of one path, as far as an index can use it. */
export interface Bound {
  /** The value is one of these. */
  eq?: Value[];
  lo?: Value;
  loIncluded?: boolean;
  hi?: Value;
  hiIncluded?: boolean;
  /** The value is text that begins so. */
  prefix?: string;
}

/** One condition on a path, for comparing with a partial index's filter. */
export interface Condition {
  path: string;
  op: string;
  value: Value;
}

/** A filter's conditions that all have to hold. */
export interface FilterBounds {
  byPath: Map<string, Bound>;
  conditions: Condition[];
  /** `$or` lists that also have to hold. */
  ors: Doc[][];
  /** Something is asked that bounds do not express. */
  residual: boolean;
}

/** Reads from a filter what indexes can use. */
export function boundsOf(filter: Doc): FilterBounds {
  const out: FilterBounds = { byPath: new Map(), conditions: [], ors: [], residual: false };
  collect(filter, out);
  return out;
}

const usable = (v: Value): boolean =>
  !isArr(v) &&
  !isRegex(v) &&
  !(v instanceof MinKey) &&
  !(v instanceof MaxKey) &&
  !(typeof v === 'number' && Number.isNaN(v));

function collect(filter: Doc, out: FilterBounds): void {
  for (const [path, value] of Object.entries(filter)) {
    if (path === '$and' && isArr(value)) for (const part of value) collect(part as Doc, out);
    else if (path === '$or' && isArr(value)) collectOr(value as Doc[], out);
    else if (path === '$comment') continue;
    else if (path.startsWith('$')) out.residual = true;
    else collectPath(path, value, out);
  }
}

function collectOr(branches: Doc[], out: FilterBounds): void {
  const [only] = branches;
  if (branches.length === 1 && only) collect(only, out);
  else {
    out.ors.push(branches);
    out.residual = true;
  }
}

function collectPath(path: string, value: Value, out: FilterBounds): void {
  const bound = out.byPath.get(path) ?? {};
  if (isOpDoc(value)) {
    for (const [op, argument] of Object.entries(value as Doc)) {
      out.conditions.push({ path, op, value: argument });
      collectOperator(path, op, argument, value as Doc, bound, out);
    }
  } else if (isRegex(value)) {
    out.residual = true;
    out.conditions.push({ path, op: '$regex', value });
    const prefix = regexPrefix(value);
    if (prefix !== undefined && bound.prefix === undefined) bound.prefix = prefix;
  } else {
    out.conditions.push({ path, op: '$eq', value });
    addEqual([value], bound, out);
  }
  if (Object.keys(bound).length) out.byPath.set(path, bound);
}

function addEqual(values: Value[], bound: Bound, out: FilterBounds): void {
  if (bound.eq || !values.every(usable)) out.residual = true;
  else bound.eq = values;
}

function collectOperator(
  path: string,
  op: string,
  value: Value,
  operators: Doc,
  bound: Bound,
  out: FilterBounds,
): void {
  switch (op) {
    case '$eq':
      return addEqual([value], bound, out);
    case '$in':
      if (isArr(value)) addEqual(value, bound, out);
      else out.residual = true;
      return;
    case '$gt':
    case '$gte':
      if (!usable(value) || value === null || bound.lo !== undefined) out.residual = true;
      else {
        bound.lo = value;
        bound.loIncluded = op === '$gte';
      }
      return;
    case '$lt':
    case '$lte':
      if (!usable(value) || value === null || bound.hi !== undefined) out.residual = true;
      else {
        bound.hi = value;
        bound.hiIncluded = op === '$lte';
      }
      return;
    case '$regex': {
      out.residual = true;
      const prefix = regexPrefix(value, operators);
      if (prefix !== undefined && bound.prefix === undefined) bound.prefix = prefix;
      return;
    }
    case '$elemMatch':
      out.residual = true;
      if (isPlain(value)) collectElement(path, value, bound, out);
      return;
    default:
      out.residual = true;
  }
}

/** An element that matches also satisfies each of its conditions by itself. */
function collectElement(path: string, element: Doc, bound: Bound, out: FilterBounds): void {
  if (isOpDoc(element)) {
    if (Object.keys(bound).length) return;
    const inner = boundsOf({ [path]: element }).byPath.get(path);
    if (inner) Object.assign(bound, inner);
    return;
  }
  const fields = Object.entries(element).filter(([name]) => !name.startsWith('$'));
  collect(Object.fromEntries(fields.map(([name, v]) => [`${path}.${name}`, v])), out);
}
