import { Types } from 'mongoose';
import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** A fixed id: running this twice makes one pipeline. */
const FIRST_PIPELINE = new Types.ObjectId('000000000000000000000001');

/** Indexes, and one pipeline, so that a first deal has somewhere to be. */
export const begin: Migration = {
  id: '0001-begin',
  async up(connection) {
    await createIndexes(connection);
    await connection.collection('pipelines').updateOne(
      { _id: FIRST_PIPELINE },
      {
        $setOnInsert: {
          name: 'Sales',
          stages: [
            { id: 'qualification', name: 'Qualification', probability: 10 },
            { id: 'proposal', name: 'Proposal', probability: 40 },
            { id: 'negotiation', name: 'Negotiation', probability: 70 },
            { id: 'contract', name: 'Contract', probability: 90 },
          ],
          createdAt: new Date(),
        },
      },
      { upsert: true },
    );
  },
};
