import { MongoError } from '../errors.ts';
import { compileExpression, isOperator, truthy } from '../expression/index.ts';
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
    dialect,
    options,
  };
  read('', spec, reading);
  const inclusive = isInclusive(reading);
  const tree: Branch = { children: new Map() };
  for (const { path, leaf } of reading.leaves) {
    checkKind(path, leaf, inclusive);
    plant(tree, path, leaf);
  }
  if (reading.positional !== undefined && reading.leaves.some((l) => l.leaf.kind === 'elemMatch')) {
    throw new MongoError(31255, 'Cannot specify positional operator and $elemMatch.');
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
    if (path.endsWith('.$') || path === '$') {
      if (reading.dialect === 'aggregate') {
        throw new MongoError(31324, 'Cannot use positional projection in aggregation projection');
      }
      readPositional(path, arg, reading);
      continue;
    }
    checkFieldPath(path);
    const leaf = leafOf(path, arg, prefix !== '', reading);
    if (leaf === 'nested') read(`${path}.`, arg as Doc, reading);
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

function leafOf(path: string, arg: Value, nested: boolean, reading: Reading): Leaf | 'nested' {
  if (isFlag(arg)) return { kind: 'flag', keep: truthy(arg) };
  if (!isPlain(arg)) return expressionLeaf(arg, reading);
  const names = Object.keys(arg);
  const first = names[0];
  if (first === undefined) {
    throw new MongoError(
      51270,
      `An empty sub-projection is not a valid value. Found empty object at path '${path}'`,
    );
  }
  if (!isOpDoc(arg) || names.length > 1) return 'nested';
  if (reading.dialect === 'find') {
    const slice = first === '$slice' ? sliceOf(arg['$slice']) : undefined;
    if (slice) return { kind: 'slice', of: slice };
    if (first === '$elemMatch') return elemMatchLeaf(path, arg['$elemMatch'], nested, reading);
  }
  if (!isOperator(first)) throw new MongoError(31325, `Unknown expression ${first}`);
  return expressionLeaf(arg, reading);
}

function expressionLeaf(arg: Value, reading: Reading): Leaf {
  const { variables, collator, now } = reading.options;
  const value = compileExpression(arg, { variables, collator, now });
  return { kind: 'expression', value, literal: !isPlain(arg) };
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

/**
 * The slice of a `find`: a count, or how many to skip and to keep.
 * @returns undefined for anything else, which is then read as the expression `$slice`
 */
function sliceOf(arg: Value): ((array: Value[]) => Value[]) | undefined {
  if (isNum(arg)) {
    const n = Math.trunc(toNumber(arg));
    return (array) => (n >= 0 ? array.slice(0, n) : array.slice(n));
  }
  if (!isArr(arg) || arg.length !== 2) return undefined;
  const [skip, limit] = arg;
  if (!isNum(skip) || !isNum(limit)) return undefined;
  const from = Math.trunc(toNumber(skip));
  const count = Math.trunc(toNumber(limit));
  if (count <= 0) {
    throw new MongoError(
      28724,
      `Invalid $slice syntax: $slice limit must be positive, got ${count}`,
    );
  }
  return (array) => {
    const start = from < 0 ? Math.max(0, array.length + from) : from;
    return array.slice(start, start + count);
  };
}

/** Without a field that says so, it is `_id`, `$slice` and `$elemMatch` that decide, in this order. */
function isInclusive({ leaves, id }: Reading): boolean {
  const decisive = leaves.find((l) => l.leaf.kind === 'flag' || l.leaf.kind === 'expression')?.leaf;
  if (decisive)
    return decisive.kind === 'expression' || (decisive.kind === 'flag' && decisive.keep);
  if (id) return id.kind !== 'flag' || id.keep;
  return (
    leaves.some((l) => l.leaf.kind === 'elemMatch') && !leaves.some((l) => l.leaf.kind === 'slice')
  );
}

function checkKind(path: string, leaf: Leaf, inclusive: boolean): void {
  if (leaf.kind === 'flag' && leaf.keep !== inclusive) {
    throw inclusive
      ? new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
      : new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  }
  if (leaf.kind !== 'expression' || inclusive) return;
  throw leaf.literal
    ? new MongoError(31310, `Cannot use an expression ${path} in an exclusion projection`)
    : new MongoError(31252, 'Cannot use expression other than $meta in exclusion projection');
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
