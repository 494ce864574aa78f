import type { Schedule } from './hours.ts';
import { openAt } from './hours.ts';

/** The most changes looked at: years of any sensible schedule. */
const MOST_CHANGES = 5_000;

/**
 * The instant at which so many milliseconds of working time have gone by since `from`; null: not within two years of
 * a schedule that never opens. Time out of hours does not count; a `from` out of hours counts from the next opening.
 */
export function afterWorkingTime(line: Schedule, from: Date, ms: number): Date | null {
  let at = from;
  let left = ms;
  for (let change = 0; change < MOST_CHANGES; change++) {
    const { open, nextChange } = openAt(line, at);
    if (open) {
      const until = nextChange?.getTime() ?? Number.POSITIVE_INFINITY;
      if (at.getTime() + left <= until) return new Date(at.getTime() + left);
      left -= until - at.getTime();
    }
    if (!nextChange) return null;
    at = nextChange;
  }
  return null;
}
