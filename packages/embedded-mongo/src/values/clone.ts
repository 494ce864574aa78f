import { setOwn } from './path.ts';
import { isArr, isPlain } from './kinds.ts';
import type { Doc, Value } from './types.ts';

/** A copy whose documents and arrays may be changed freely; other values are shared. */
export function clone<T extends Value>(v: T): T {
  if (isArr(v)) return v.map(clone) as T;
  if (!isPlain(v)) return v;
  const out: Doc = {};
  for (const name of Object.keys(v)) setOwn(out, name, clone((v as Doc)[name]));
  return out as T;
}
