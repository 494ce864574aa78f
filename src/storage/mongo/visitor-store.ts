import { Refusal } from '../../base/errors.ts';
import type { VisitorRecord, VisitorStore } from '../../domain/integration/records.ts';
import { isDuplicate, shape } from './documents.ts';
import type { Tables } from './tables.ts';

const visitors = shape<VisitorRecord>({ refs: ['accountId'] });
/** Their ids are the widget's own texts. */
const key = (id: string) => ({ _id: id });

/** Visitors of the widget; the database drops them when they expire. */
export function mongoVisitors(tables: Tables): VisitorStore {
  const table = tables.of('visitors');
  return {
    async create({ id, ...visitor }) {
      const doc = { _id: id, ...visitors.write({ ...visitor, createdAt: new Date() }) };
      try {
        await tables.insert('visitors', doc);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        throw new Refusal('duplicate', 'This visitor is known already.');
      }
      return visitors.read(doc);
    },
    byKeyHash: async (keyHash) => visitors.readOrNull(await table.findOne({ keyHash })),
    async change(id, change) {
      const fields = visitors.write(change);
      if (Object.keys(fields).length === 0)
        return visitors.readOrNull(await table.findOne(key(id)));
      const doc = await table.findOneAndUpdate(
        key(id),
        { $set: fields },
        { returnDocument: 'after' },
      );
      return visitors.readOrNull(doc);
    },
    async remove(id) {
      await table.deleteOne(key(id));
    },
  };
}
