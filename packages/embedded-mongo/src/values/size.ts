import { isArr, isPlain } from './kinds.ts';
import type { Value } from './types.ts';

const CELL = 16;

/** About how many bytes a value takes in memory. */
export function roughSize(v: Value): number {
  if (typeof v === 'string') return CELL + v.length;
  if (typeof v !== 'object' || v === null) return CELL;
  let size = 2 * CELL;
  if (isArr(v)) for (const e of v) size += roughSize(e);
  else if (isPlain(v)) for (const name of Object.keys(v)) size += CELL + roughSize(v[name]);
  else size += 2 * CELL;
  return size;
}
