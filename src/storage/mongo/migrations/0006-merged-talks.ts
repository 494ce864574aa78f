import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Indexes of merged talks, and of those that wait for a role. */
export const mergedTalks: Migration = {
  id: '0006-merged-talks',
  up: createIndexes,
};
