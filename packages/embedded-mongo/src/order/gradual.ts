// Sorting or merging so many takes about a millisecond.
const PIECE = 1024;

/**
 * Sorts as `toSorted` does, equal elements in the order in which they came, but gives way every
 * millisecond or so: a list may be long, and nobody else works while an array is sorted at once.
 */
export function* sortGradually<T>(
  list: readonly T[],
  order: (a: T, b: T) => number,
): Generator<null, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < list.length; at += PIECE) {
    runs.push(list.slice(at, at + PIECE).sort(order));
    yield null;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(yield* merge(runs[i] as T[], runs[i + 1] ?? [], order));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(a: T[], b: T[], order: (a: T, b: T) => number): Generator<null, T[]> {
  if (!b.length) return a;
  const out: T[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const first = j >= b.length || (i < a.length && order(a[i] as T, b[j] as T) <= 0);
    out.push(first ? (a[i++] as T) : (b[j++] as T));
    if (out.length % PIECE === 0) yield null;
  }
  return out;
}
