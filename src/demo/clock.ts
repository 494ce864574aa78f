import type { Clock } from '../base/clock.ts';
import { systemClock } from '../base/clock.ts';

/** A clock that stands where it is put, so that the past can be told, until it goes with the machine's. */
export interface StoryClock extends Clock {
  set(now: Date): void;
  /** From here on it is now. */
  letGo(): void;
}

/** Begins at `start`. */
export function storyClock(start: Date): StoryClock {
  let standing: Date | null = start;
  return {
    now: () => new Date(standing ?? systemClock.now()),
    set(now) {
      standing = now;
    },
    letGo() {
      standing = null;
    },
  };
}
