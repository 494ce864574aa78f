import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Indexes of merged talks, of those that wait for a role, of tags and of drafts. */
export const mergedTalks: Migration = {
  id: '0006-merged-talks',
  up: createIndexes,
};
