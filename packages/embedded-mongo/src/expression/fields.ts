import { isArr, isPlain, type Value } from '../values/index.ts';

const READS_ANYTHING = new Set(['$getField', '$setField', '$unsetField']);

/**
 * Collects the top-level fields an expression reads.
 * @returns false when it may read the whole document
 */
export function expressionFields(e: Value, out: Set<string>): boolean {
  if (typeof e === 'string') {
    if (e.startsWith('$$ROOT') || e.startsWith('$$CURRENT')) return false;
    if (e.startsWith('$') && !e.startsWith('$$')) out.add(e.slice(1).split('.', 1)[0] as string);
    return true;
  }
  if (isArr(e)) return e.every((x) => expressionFields(x, out));
  if (!isPlain(e)) return true;
  return Object.keys(e).every((k) => {
    if (READS_ANYTHING.has(k)) return false;
    return k === '$literal' || expressionFields(e[k], out);
  });
}
