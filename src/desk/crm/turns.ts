import { KeyedLock } from '../../base/keyed-lock.ts';

/**
 * Changes of one record follow each other, so that "before" in its timeline is what was there.
 * Keys: kind and id, e.g. `lead:64f…`.
 */
export const turns = new KeyedLock();
