/** How waits between attempts grow. */
export interface Backoff {
  firstMs: number;
  factor: number;
  maxMs: number;
}

/**
 * The wait before attempt `attempt + 1`, in ms, after `attempt` failures (from 1).
 * `random` in [0, 1) spreads it over ±20 %, so that many do not come back at once.
 */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const grown = Math.min(backoff.maxMs, backoff.firstMs * backoff.factor ** (attempt - 1));
  return Math.round(grown * (0.8 + 0.4 * random));
}
