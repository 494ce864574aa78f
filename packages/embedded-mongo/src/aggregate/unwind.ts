import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import { isArr, isPlain, setOwn, type Doc, type Value } from '../values/index.ts';
import type { StageCompiler } from './types.ts';

/** A copy of a document with one path set; documents on the way are copied or made. */
export function withPath(doc: Doc, parts: readonly string[], v: Value, i = 0): Doc {
  const name = parts[i] as string;
  const out: Doc = { ...doc };
  if (i === parts.length - 1) {
    if (v === undefined) delete out[name];
    else setOwn(out, name, v);
    return out;
  }
  const inner = out[name];
  setOwn(out, name, withPath(isPlain(inner) ? inner : {}, parts, v, i + 1));
  return out;
}

function at(doc: Doc, parts: readonly string[]): Value {
  let v: Value = doc;
  for (const name of parts) {
    if (!isPlain(v) || !Object.hasOwn(v, name)) return undefined;
    v = v[name];
  }
  return v;
}

interface Unwind {
  parts: readonly string[];
  index: readonly string[] | undefined;
  keepEmpty: boolean;
}

function readUnwind(arg: Value): Unwind {
  if (typeof arg === 'string') return { parts: pathOf(arg), index: undefined, keepEmpty: false };
  if (!isPlain(arg)) {
    throw new MongoError(
      15981,
      'expected either a string or an object as specification for $unwind stage',
    );
  }
  for (const name of Object.keys(arg)) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name)) {
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: keepEmpty } = arg;
  if (path === undefined) throw new MongoError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') {
    throw new MongoError(28808, `expected a string as the path for $unwind stage`);
  }
  if (keepEmpty !== undefined && typeof keepEmpty !== 'boolean') {
    throw new MongoError(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  }
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    throw new MongoError(
      28810,
      'expected a non-empty string for the includeArrayIndex  option to $unwind stage',
    );
  }
  if (typeof index === 'string' && index.startsWith('$')) {
    throw new MongoError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  }
  return { parts: pathOf(path), index: index?.split('.'), keepEmpty: keepEmpty === true };
}

function pathOf(path: string): string[] {
  if (!path.startsWith('$')) {
    throw new MongoError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    );
  }
  const parts = path.slice(1).split('.');
  if (parts.includes(''))
    throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  return parts;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/unwind/ */
export const $unwind: StageCompiler = (arg) => {
  const { parts, index, keepEmpty } = readUnwind(arg);
  const withIndex = (doc: Doc, i: number | null): Doc =>
    index ? withPath(doc, index, i === null ? null : Long.fromNumber(i)) : doc;
  return function* (input) {
    for (const doc of input) {
      if (!doc) {
        yield null;
        continue;
      }
      const v = at(doc, parts);
      if (isArr(v) && v.length > 0) {
        for (let i = 0; i < v.length; i++) yield withIndex(withPath(doc, parts, v[i]), i);
      } else if (!isArr(v) && v !== undefined && v !== null) yield withIndex(doc, null);
      else if (keepEmpty) yield withIndex(isArr(v) ? withPath(doc, parts, undefined) : doc, null);
      else yield null;
    }
  };
};
