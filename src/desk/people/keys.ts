import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 in hex: how keys of sign-ins and tokens are stored. They are random, so no salt is needed. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether two texts are the same, in time that does not depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}
