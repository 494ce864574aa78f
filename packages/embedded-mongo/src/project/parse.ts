import { MongoError } from '../errors.ts';
import { compileExpression, truthy } from '../expression/index.ts';
import { compileElementIndex, isOpDoc } from '../match/index.ts';
import {
  isArr,
  isNum,
  isPlain,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { isBranch, type Branch, type Leaf, type ProjectionOptions } from './types.ts';

/** A projection as it was written: every leaf with its path, in order. */
export interface Parsed {
  tree: Branch;
  /** Whether named fields are kept (true) or dropped (false). */
  inclusive: boolean;
  keepId: boolean;
  /** Path of the array in a positional projection (`a.$`). */
  positional: string | undefined;
}

/** `find` knows `$slice`, `$elemMatch`, `$meta` and `a.$`; `$project` does not. */
export type Dialect = 'find' | 'aggregate';

interface Reading {
  leaves: { path: string; leaf: Leaf }[];
  id: Leaf | undefined;
  positional: string | undefined;
  metas: number;
  dialect: Dialect;
  options: ProjectionOptions;
}

const isFlag = (v: Value): boolean => typeof v === 'boolean' || isNum(v);

/**
 * Reads a projection document.
 * @throws MongoError in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#projection
 */
export function parseProjection(spec: Doc, dialect: Dialect, options: ProjectionOptions): Parsed {
  const reading: Reading = {
    leaves: [],
    id: undefined,
    positional: undefined,
    metas: 0,
    dialect,
    options,
  };
  read('', spec, reading);
  const inclusive = isInclusive(reading);
  const tree: Branch = { children: new Map() };
  for (const { path, leaf } of reading.leaves) {
    checkKind(path, leaf, inclusive, reading.leaves);
    plant(tree, path, leaf);
  }
  if (!inclusive && reading.positional !== undefined) {
    throw new MongoError(31395, 'positional projection cannot be used with exclusion');
  }
  const { id } = reading;
  const keepId = id?.kind === 'flag' ? id.keep : true;
  if (id && id.kind !== 'flag') tree.children.set('_id', id);
  return { tree, inclusive, keepId, positional: reading.positional };
}

function read(prefix: string, spec: Doc, reading: Reading): void {
  for (const name of Object.keys(spec)) {
    const path = prefix + name;
    const arg = spec[name];
    if (reading.dialect === 'find' && (path.endsWith('.$') || path === '$')) {
      readPositional(path, arg, reading);
      continue;
    }
    checkFieldPath(path);
    const leaf = leafOf(path, arg, prefix !== '', reading);
    if (leaf === 'nested') read(`${path}.`, arg as Doc, reading);
    else if (leaf === 'meta') reading.metas++;
    else if (path === '_id') reading.id = leaf;
    else reading.leaves.push({ path, leaf });
  }
}

function readPositional(path: string, arg: Value, reading: Reading): void {
  if (!isFlag(arg) || !truthy(arg)) {
    throw new MongoError(31395, 'positional projection cannot be used with exclusion');
  }
  if (reading.positional !== undefined) {
    throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
  }
  const array = path.slice(0, -2);
  if (array.includes('.$') || array === '') {
    throw new MongoError(
      31394,
      "As of 4.4, it's illegal to specify positional operator in the middle of a path.Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.",
    );
  }
  reading.positional = array;
  reading.leaves.push({ path: array, leaf: { kind: 'flag', keep: true } });
}

/**
 * Checks a field path of a projection or of `$set`.
 * @throws MongoError 40352, 40353, 15998 or 16410
 */
export function checkFieldPath(path: string): void {
  if (path === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  for (const part of path.split('.')) {
    if (part === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$')) {
      throw new MongoError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    }
  }
}

function leafOf(
  path: string,
  arg: Value,
  nested: boolean,
  reading: Reading,
): Leaf | 'nested' | 'meta' {
  if (isFlag(arg)) return { kind: 'flag', keep: truthy(arg) };
  if (!isPlain(arg)) return expressionLeaf(arg, reading);
  const first = Object.keys(arg)[0];
  if (first === undefined) {
    throw new MongoError(
      51270,
      `An empty sub-projection is not a valid value. Found empty object at path '${path}'`,
    );
  }
  if (!isOpDoc(arg)) return 'nested';
  if (reading.dialect === 'aggregate') return expressionLeaf(arg, reading);
  if (first === '$slice' && !isExpressionSlice(arg['$slice'])) {
    return { kind: 'slice', of: sliceOf(arg['$slice']) };
  }
  if (first === '$elemMatch') return elemMatchLeaf(path, arg['$elemMatch'], nested, reading);
  if (first === '$meta') {
    throw new MongoError(
      40218,
      `query requires ${String(arg['$meta'])} metadata, but it is not available`,
    );
  }
  return expressionLeaf(arg, reading);
}

function expressionLeaf(arg: Value, reading: Reading): Leaf {
  const { variables, collator, now } = reading.options;
  return { kind: 'expression', value: compileExpression(arg, { variables, collator, now }) };
}

function elemMatchLeaf(path: string, arg: Value, nested: boolean, reading: Reading): Leaf {
  if (!isPlain(arg)) {
    throw new MongoError(
      31274,
      `elemMatch: Invalid argument, object required, but got ${typeName(arg)}`,
    );
  }
  if (nested || path.includes('.')) {
    throw new MongoError(31275, `Cannot use $elemMatch projection on a nested field.`);
  }
  const { collation, variables } = reading.options;
  return { kind: 'elemMatch', indexOf: compileElementIndex(arg, collation, variables) };
}

// `{ $slice: ['$a', 1] }` is the expression; `{ $slice: [1, 2] }` skips and limits.
const isExpressionSlice = (arg: Value): boolean => isArr(arg) && arg.length > 0 && !isNum(arg[0]);

function sliceOf(arg: Value): (array: Value[]) => Value[] {
  if (isNum(arg)) {
    const n = Math.trunc(toNumber(arg));
    return (array) => (n >= 0 ? array.slice(0, n) : array.slice(n));
  }
  if (!isArr(arg))
    throw new MongoError(31273, '$slice only supports numbers and [skip, limit] arrays');
  const [skip, limit] = arg;
  if (arg.length !== 2 || !isNum(skip) || !isNum(limit)) {
    throw new MongoError(31272, '$slice array argument should be of form [skip, limit]');
  }
  const from = Math.trunc(toNumber(skip));
  const count = Math.trunc(toNumber(limit));
  if (count <= 0) throw new MongoError(31259, '$slice limit must be positive');
  return (array) => {
    const start = from < 0 ? Math.max(0, array.length + from) : from;
    return array.slice(start, start + count);
  };
}

function isInclusive({ leaves, id, dialect }: Reading): boolean {
  const decisive = leaves.find((l) => l.leaf.kind === 'flag' || l.leaf.kind === 'expression');
  if (decisive)
    return (
      decisive.leaf.kind === 'expression' || (decisive.leaf.kind === 'flag' && decisive.leaf.keep)
    );
  if (leaves.some((l) => l.leaf.kind === 'elemMatch'))
    return !leaves.some((l) => l.leaf.kind === 'slice');
  if (leaves.length > 0) return false;
  if (id === undefined) return dialect === 'aggregate';
  return id.kind !== 'flag' || id.keep;
}

function checkKind(path: string, leaf: Leaf, inclusive: boolean, all: Reading['leaves']): void {
  if (leaf.kind === 'flag' && leaf.keep !== inclusive) {
    throw inclusive
      ? new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
      : new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  }
  const excludes = all.some((l) => l.leaf.kind === 'flag' && !l.leaf.keep);
  if (leaf.kind === 'expression' && !inclusive && excludes) {
    throw new MongoError(31252, 'Cannot use expression other than $meta in exclusion projection');
  }
}

function plant(tree: Branch, path: string, leaf: Leaf): void {
  let node = tree;
  const parts = path.split('.');
  const last = parts.pop() as string;
  parts.forEach((part, i) => {
    let next = node.children.get(part);
    if (!next) {
      next = { children: new Map() };
      node.children.set(part, next);
    }
    if (!isBranch(next)) {
      throw new MongoError(
        31249,
        `Path collision at ${path} remaining portion ${[...parts, last].slice(i + 1).join('.')}`,
      );
    }
    node = next;
  });
  if (node.children.has(last)) throw new MongoError(31250, `Path collision at ${path}`);
  node.children.set(last, leaf);
}
