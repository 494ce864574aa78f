/** The wait before the next attempt, in ms: 1 s doubling to 30 s, spread so that many do not come back at once. */
export function waitMs(failures: number, random: number): number {
  const grown = Math.min(30_000, 1_000 * 2 ** Math.max(0, failures - 1));
  return Math.round(grown * (0.5 + random * 0.5));
}
