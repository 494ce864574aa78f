/**
 * How many slips of the finger lie between two words: letters put in, left out, changed, or two
 * neighbours swapped (optimal string alignment).
 */
export function distance(a: string, b: string): number {
  const cell = (row: readonly number[] | undefined, at: number): number => row?.[at] ?? 0;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        cell(rows[i - 1], j) + 1,
        cell(row, j - 1) + 1,
        cell(rows[i - 1], j - 1) + changed,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, cell(rows[i - 2], j - 2) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return cell(rows[a.length], b.length);
}
