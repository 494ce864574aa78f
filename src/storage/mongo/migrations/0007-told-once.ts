import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Addresses outside are told everything once, also after a crash: what they were told until now has no key. */
export const toldOnce: Migration = {
  id: '0007-told-once',
  async up(connection) {
    await connection
      .collection('webhookTargets')
      .updateMany({ since: { $exists: false } }, { $set: { since: new Date() } });
    await createIndexes(connection);
  },
};
