import { MongoError } from '../errors.ts';
import { UNDEF } from '../order/index.ts';
import { digits, isArr, isPlain, own, type Value } from '../values/index.ts';

/** One indexed value; `UNDEF` is the key of an empty array. */
export type KeyValue = Value | typeof UNDEF;

/** What the paths of an index find in one document. */
export interface Extracted {
  /** One row of values per index entry. */
  rows: KeyValue[][];
  /** An array was on the way. */
  multi: boolean;
  /** At least one of the paths leads to something. */
  any: boolean;
}

interface State {
  multi: boolean;
  any: boolean;
}

interface Hit {
  column: number;
  rest: readonly string[];
}

/**
 * The values an index over `paths` takes from a document. Arrays give one row per element.
 * @throws MongoError 171 when two different arrays would have to be crossed
 * @see https://www.mongodb.com/docs/manual/core/indexes/index-types/index-multikey/
 */
export function extract(doc: Value, paths: readonly (readonly string[])[]): Extracted {
  const state: State = { multi: false, any: false };
  const rows = rowsOf(doc, paths, state);
  return { rows, multi: state.multi, any: state.any };
}

function rowsOf(doc: Value, paths: readonly (readonly string[])[], state: State): KeyValue[][] {
  const values: KeyValue[] = new Array<KeyValue>(paths.length).fill(undefined);
  const hits: Hit[] = [];
  let array: Value[] | null = null;
  for (const [column, path] of paths.entries()) {
    const found = descend(doc, path);
    if ('value' in found) {
      values[column] = found.value;
      if (found.value !== undefined) state.any = true;
      continue;
    }
    if (array && array !== found.array) {
      const first = paths[hits[0]?.column ?? 0] ?? [];
      throw new MongoError(
        171,
        `cannot index parallel arrays [${first.join('.')}] [${path.join('.')}]`,
      );
    }
    array = found.array;
    hits.push({ column, rest: found.rest });
  }
  if (!array) return [values];
  state.multi = true;
  state.any = true;
  if (!array.length) {
    for (const { column, rest } of hits) values[column] = rest.length ? undefined : UNDEF;
    return [values];
  }
  return array.flatMap((element) => spread(element, hits, values, state));
}

function descend(
  doc: Value,
  path: readonly string[],
): { value: Value } | { array: Value[]; rest: readonly string[] } {
  let at: Value = doc;
  for (const [depth, name] of path.entries()) {
    if (isPlain(at)) at = own(at, name);
    else if (isArr(at) && digits(name)) at = at[Number(name)];
    else return { value: undefined };
    if (at === undefined) return { value: undefined };
    if (!isArr(at)) continue;
    const next = path[depth + 1];
    // `a.0` names an element; only without a number does the array open.
    if (next !== undefined && digits(next)) continue;
    return { array: at, rest: path.slice(depth + 1) };
  }
  return { value: at };
}

function spread(
  element: Value,
  hits: readonly Hit[],
  values: readonly KeyValue[],
  state: State,
): KeyValue[][] {
  const inner = hits.filter((hit) => hit.rest.length);
  const rows =
    inner.length === 0
      ? [[]]
      : isPlain(element)
        ? rowsOf(
            element,
            inner.map((hit) => hit.rest),
            state,
          )
        : [inner.map(() => undefined)];
  return rows.map((row) => {
    const out = values.slice();
    for (const hit of hits) {
      const at = inner.indexOf(hit);
      out[hit.column] = at < 0 ? element : row[at];
    }
    return out;
  });
}
