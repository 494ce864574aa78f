import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Indexes of composed flows and their versions. */
export const composedFlows: Migration = {
  id: '0004-composed-flows',
  up: createIndexes,
};
