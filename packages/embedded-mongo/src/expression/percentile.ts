/** The value at a fraction of a sorted list; one of the list itself, as `approximate` gives it. */
export function percentile(sorted: readonly number[], p: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(Math.ceil(p * sorted.length), 1);
  return sorted[Math.min(rank, sorted.length) - 1] ?? null;
}
