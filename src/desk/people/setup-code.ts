import { randomInt, timingSafeEqual } from 'node:crypto';
import { digest } from './keys.ts';

/** The one-time code that proves, at the first visit, that one may read the terminal. Lives as long as the process. */
export interface SetupCode {
  /** What the terminal prints: eight letters and digits that can not be mistaken for each other. */
  readonly text: string;
  /** Whether the given text is the code; in constant time, spaces, dashes and case do not matter. */
  matches(given: string): boolean;
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A new code. */
export function createSetupCode(): SetupCode {
  const letters = Array.from({ length: 8 }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  const plain = letters.join('');
  return {
    text: `${plain.slice(0, 4)}-${plain.slice(4)}`,
    matches(given) {
      const typed = given.toUpperCase().replace(/[\s-]/g, '');
      return timingSafeEqual(Buffer.from(digest(typed)), Buffer.from(digest(plain)));
    },
  };
}
