import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Indexes of what is due in flows, targets and calendars, and of scheduled and canned answers. */
export const flowsAndTargets: Migration = {
  id: '0003-flows-and-targets',
  up: createIndexes,
};
