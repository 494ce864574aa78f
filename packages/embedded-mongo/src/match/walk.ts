import { digits, isArr, isPlain, own, type Doc, type Value } from '../values/index.ts';
import type { Leaf, MatchContext } from './types.ts';

/**
 * Visits the values a path leads to until one satisfies the leaf. Arrays on the way are spread
 * over their documents, and indexed by a numeric component; `spread` opens an array at the end of
 * the path, whose elements come before itself.
 */
export function walk(
  doc: Doc,
  parts: readonly string[],
  i: number,
  spread: boolean,
  context: MatchContext | undefined,
  leaf: Leaf,
): boolean {
  const v = own(doc, parts[i] as string);
  if (i === parts.length - 1) return atEnd(v, spread, context, leaf);
  if (isArr(v)) return walkArray(v, parts, i + 1, spread, context, leaf);
  if (isPlain(v)) return walk(v, parts, i + 1, spread, context, leaf);
  return leaf(undefined);
}

function walkArray(
  array: Value[],
  parts: readonly string[],
  i: number,
  spread: boolean,
  context: MatchContext | undefined,
  leaf: Leaf,
): boolean {
  for (let k = 0; k < array.length; k++) {
    const e = array[k];
    if (isPlain(e) && walk(e, parts, i, spread, context, leaf)) {
      if (context) context.pos = k;
      return true;
    }
  }
  const name = parts[i] as string;
  if (!digits(name) || Number(name) >= array.length) return false;
  const v = array[Number(name)];
  if (i === parts.length - 1) return atEnd(v, spread, context, leaf);
  if (isArr(v)) return walkArray(v, parts, i + 1, spread, context, leaf);
  return isPlain(v) && walk(v, parts, i + 1, spread, context, leaf);
}

function atEnd(v: Value, spread: boolean, context: MatchContext | undefined, leaf: Leaf): boolean {
  if (spread && isArr(v)) {
    for (let k = 0; k < v.length; k++) {
      const e = v[k];
      if (leaf(e === undefined ? null : e)) {
        if (context) context.pos = k;
        return true;
      }
    }
  }
  return leaf(v);
}
