import { isArr, isPlain } from './kinds.ts';
import type { Doc, Value } from './types.ts';

/** A document's own field, or undefined. */
export const own = (o: Doc, name: string): Value => (Object.hasOwn(o, name) ? o[name] : undefined);

/** Sets a field that may be called `__proto__` without touching the object's prototype. */
export function setOwn(o: Doc, name: string, value: Value): void {
  if (name === '__proto__') {
    const own = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(o, name, own);
  } else o[name] = value;
}

/** Whether a path component is an array index: digits without a leading zero. */
export function digits(s: string): boolean {
  if (s.length === 0 || s.length > 10) return false;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return s.length === 1 || s.charCodeAt(0) !== 48;
}

/**
 * Follows a path through documents and array indexes only; arrays are not spread.
 * @returns the value, or undefined when the path leads nowhere
 */
export function valueAt(o: Value, path: readonly string[]): Value {
  let v = o;
  for (const name of path) {
    if (isArr(v)) v = digits(name) ? v[Number(name)] : undefined;
    else if (isPlain(v)) v = own(v, name);
    else return undefined;
  }
  return v;
}

/**
 * All values a dotted path leads to, arrays spread on the way and, at the end, into their elements
 * too (as `distinct` and `$lookup`'s localField see a document).
 */
export function spreadAt(o: Value, path: readonly string[]): Value[] {
  const out: Value[] = [];
  spread(o, path, 0, out);
  return out;
}

function spread(o: Value, path: readonly string[], i: number, out: Value[]): void {
  const name = path[i];
  if (name === undefined) {
    if (isArr(o)) out.push(...o);
    else if (o !== undefined) out.push(o);
    return;
  }
  if (isArr(o)) {
    const at = digits(name) ? o[Number(name)] : undefined;
    if (at !== undefined) spread(at, path, i + 1, out);
    for (const e of o) if (isPlain(e)) spread(e, path, i, out);
  } else if (isPlain(o)) spread(own(o, name), path, i + 1, out);
}
