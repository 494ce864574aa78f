import type { ScheduledSend, ScheduledStore } from '../../domain/conversations/scheduled.ts';
import { isDuplicate, newId, ref, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

const shapes = shape<ScheduledSend>({ refs: ['conversationId', 'authorId'] });
const MOST = 200;

/** Not sent, and not just being sent. */
const unsent = (id: string, now: Date): Doc => ({
  _id: ref(id),
  state: { $in: ['queued', 'failed'] },
  $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }],
});

/** Answers for later. `open` is there while one is to be sent: the index of what is due has only those. */
export function mongoScheduled(tables: Tables): ScheduledStore {
  const table = tables.of('scheduledSends');
  const read = (doc: Parameters<typeof shapes.read>[0]): ScheduledSend => {
    const { open: _, ...fields } = doc;
    return shapes.read(fields);
  };
  return {
    async create(item) {
      const doc = {
        _id: newId(),
        ...shapes.write({ ...item, state: 'queued', detail: '', leaseUntil: null }),
        open: true,
      };
      try {
        await tables.insert('scheduledSends', doc);
        return { item: read({ ...doc }), fresh: true };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const { conversationId, clientId } = item;
        const there = await table.findOne({ conversationId: ref(conversationId), clientId });
        if (!there) throw error;
        return { item: read(there), fresh: false };
      }
    },
    async get(id) {
      const doc = await table.findOne({ _id: ref(id) });
      return doc && read(doc);
    },
    async ofConversation(conversationId) {
      const docs = await table
        .find({ conversationId: ref(conversationId), state: { $in: ['queued', 'failed'] } })
        .sort({ sendAt: 1 })
        .limit(MOST)
        .toArray();
      return docs.map(read);
    },
    async change(id, now, { body, sendAt }) {
      const doc = await table.findOneAndUpdate(
        unsent(id, now),
        { $set: { body, sendAt, state: 'queued', detail: '', leaseUntil: null, open: true } },
        { returnDocument: 'after' },
      );
      return doc && read(doc);
    },
    async cancel(id, now) {
      const doc = await table.findOneAndUpdate(
        unsent(id, now),
        { $set: { state: 'canceled', detail: '' }, $unset: { open: '' } },
        { returnDocument: 'after' },
      );
      return doc && read(doc);
    },
    async leaseDue(now, until) {
      const doc = await table.findOneAndUpdate(
        {
          open: true,
          sendAt: { $lte: now },
          $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }],
        },
        { $set: { leaseUntil: until } },
        { sort: { sendAt: 1 }, returnDocument: 'after' },
      );
      return doc && read(doc);
    },
    async settle(id, state, detail) {
      await table.updateOne(
        { _id: ref(id) },
        { $set: { state, detail, leaseUntil: null }, $unset: { open: '' } },
      );
    },
  };
}
