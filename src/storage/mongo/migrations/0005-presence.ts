import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Devices, and indexes of who is to be looked at again. People from before have no hours and no absences. */
export const presence: Migration = {
  id: '0005-presence',
  up: createIndexes,
};
