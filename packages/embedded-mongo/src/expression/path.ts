import { isArr, isPlain, own, type Value } from '../values/index.ts';

/** Follows a field path through documents; of an array the values of its documents. */
export function follow(v: Value, parts: readonly string[], i: number): Value {
  const name = parts[i];
  if (name === undefined) return v;
  if (isPlain(v)) return follow(own(v, name), parts, i + 1);
  if (!isArr(v)) return undefined;
  const out: Value[] = [];
  for (const e of v) {
    if (!isPlain(e)) continue;
    const x = follow(e, parts, i);
    if (x !== undefined) out.push(x);
  }
  return out;
}
