import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Indexes of merged talks, of those that wait for a role, and of tags. */
export const mergedTalks: Migration = {
  id: '0006-merged-talks',
  up: createIndexes,
};
