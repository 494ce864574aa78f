import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** The index of talks with changes that are not all written down. */
export const nothingLostBetween: Migration = {
  id: '0008-nothing-lost-between',
  up: createIndexes,
};
