import { MongoError, badValue, failedToParse } from '../errors.ts';
import { compile, type Predicate } from '../match/index.ts';
import { digits, isArr, isPlain, show, type Doc, type Value } from '../values/index.ts';
import type { Draft } from './draft.ts';

/** Conditions of array filters by their identifier. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

/** The identifier of `$[id]`; '' for `$[]`; undefined for any other name. */
export function filterName(part: string): string | undefined {
  return part.startsWith('$[') && part.endsWith(']') ? part.slice(2, -1) : undefined;
}

/**
 * Checks the path of an update operator.
 * @throws MongoError 56, 2 or 52
 */
export function checkPath(path: string): string[] {
  if (path === '') throw new MongoError(56, 'An empty update path is not valid.');
  const parts = path.split('.');
  if (parts.includes('')) {
    throw new MongoError(
      56,
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const first = parts[0] as string;
  if (first === '$') {
    throw badValue(
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  if (filterName(first) !== undefined) {
    throw badValue(
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`,
    );
  }
  if (parts.filter((p) => p === '$').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  return parts;
}

/** The paths of one update as a tree, to find those that touch the same field. */
export class PathTree {
  readonly #root: Branch = { ends: false, children: new Map() };

  /**
   * Adds a path.
   * @throws MongoError 40 when it is, holds or lies below a path that is there
   */
  add(path: string): void {
    let node = this.#root;
    const parts = path.split('.');
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string;
      let next = node.children.get(part);
      if (!next) {
        next = { ends: false, children: new Map() };
        node.children.set(part, next);
      }
      node = next;
      const last = i === parts.length - 1;
      if (node.ends || (last && node.children.size > 0)) {
        const at = parts.slice(0, i + 1).join('.');
        throw new MongoError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
      }
    }
    node.ends = true;
  }
}

interface Branch {
  ends: boolean;
  children: Map<string, Branch>;
}

/** The order in which an update's fields are applied: by name, numbers as numbers. */
export function pathOrder(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a[i] as string;
    const y = b[i] as string;
    if (x === y) continue;
    if (digits(x) && digits(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/**
 * Compiles array filters.
 * @throws MongoError 9 or 2
 * @see https://www.mongodb.com/docs/manual/reference/operator/update/positional-filtered/
 */
export function compileArrayFilters(filters: readonly Value[], collation: Value): ArrayFilters {
  const out = new Map<string, (element: Value) => boolean>();
  for (const f of filters) {
    if (!isPlain(f)) throw new MongoError(14, 'arrayFilters entries must be objects');
    const names = new Set<string>();
    collectNames(f, names);
    const [name, other] = names;
    if (name === undefined) {
      throw failedToParse(
        'Cannot use an expression without a top-level field name in arrayFilters',
      );
    }
    if (other !== undefined) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (out.has(name)) {
      throw failedToParse(
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    const holds: Predicate = compile(f, collation);
    out.set(name, (element) => holds({ [name]: element }));
  }
  return out;
}

function collectNames(filter: Doc, out: Set<string>): void {
  for (const name of Object.keys(filter)) {
    const arg = filter[name];
    if (isArr(arg) && (name === '$and' || name === '$or' || name === '$nor')) {
      for (const e of arg) if (isPlain(e)) collectNames(e, out);
    } else if (!name.startsWith('$')) out.add(name.split('.', 1)[0] as string);
  }
}

/** Replaces `$`, `$[]` and `$[id]` by the indexes they stand for in a document. */
export function resolvePaths(
  draft: Draft,
  parts: readonly string[],
  pos: number | undefined,
  filters: ArrayFilters,
): string[][] {
  let paths: string[][] = [[]];
  for (const part of parts) {
    const name = filterName(part);
    if (part === '$') {
      if (pos === undefined) {
        throw badValue('The positional operator did not find the match needed from the query.');
      }
      paths = paths.map((p) => [...p, String(pos)]);
    } else if (name === undefined) for (const p of paths) p.push(part);
    else paths = paths.flatMap((p) => elementsAt(draft, p, filters.get(name)));
  }
  return paths;
}

function elementsAt(
  draft: Draft,
  path: string[],
  holds: ((element: Value) => boolean) | undefined,
): string[][] {
  const array = draft.at(path);
  if (array === undefined) {
    throw badValue(
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!isArr(array)) {
    throw badValue(
      `Cannot apply array updates to non-array element ${path[path.length - 1] ?? ''}: ${show(array)}`,
    );
  }
  const out: string[][] = [];
  for (let i = 0; i < array.length; i++)
    if (!holds || holds(array[i])) out.push([...path, String(i)]);
  return out;
}
