import { hash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * Whether two secrets are the same, in time that does not depend on where they differ.
 * Fails closed: an empty or missing secret on either side is never the same.
 */
export function sameSecret(
  given: string | string[] | undefined,
  expected: string | undefined,
): boolean {
  if (typeof given !== 'string' || given === '' || !expected) return false;
  return timingSafeEqual(digest(given), digest(expected));
}
