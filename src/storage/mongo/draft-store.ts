import type { Draft, DraftStore } from '../../domain/conversations/draft.ts';
import { onceMore, ref } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

const MOST = 200;

/** Drafts, one of a person in a talk. */
export function mongoDrafts(tables: Tables): DraftStore {
  const table = tables.of('drafts');
  const of = (userId: string, conversationId: string): Doc => ({
    userId: ref(userId),
    conversationId: ref(conversationId),
  });
  return {
    async ofUser(userId) {
      const docs = await table
        .find({ userId: ref(userId) })
        .sort({ updatedAt: -1 })
        .limit(MOST)
        .toArray();
      return docs.map(
        (doc): Draft => ({
          userId,
          conversationId: String(doc.conversationId),
          text: doc.text as string,
          note: doc.note as boolean,
          updatedAt: doc.updatedAt as Date,
        }),
      );
    },
    async save({ userId, conversationId, ...fields }) {
      await onceMore(() =>
        table.updateOne(of(userId, conversationId), { $set: fields }, { upsert: true }),
      );
    },
    async remove(userId, conversationId) {
      await table.deleteOne(of(userId, conversationId));
    },
  };
}
