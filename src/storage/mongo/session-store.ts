import type { SessionStore } from '../../domain/conversations/conversation.ts';
import { archivedSession, readSession } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

/** Earlier ones of a session than these are forgotten; the audit log has them. */
const MOST_SCORES = 20;

/** Ended sessions. */
export function mongoSessions(tables: Tables): SessionStore {
  const table = tables.of('sessions');
  return {
    async archive(conversation) {
      // Not replaced: its scores are kept nowhere else.
      await table.updateOne(
        { _id: ref(conversation.session.id) },
        { $set: archivedSession(conversation) },
        { upsert: true },
      );
    },
    async ofConversation(conversationId) {
      const docs = await table
        .find({ conversationId: ref(conversationId) })
        .sort({ number: 1 })
        .toArray();
      return docs.map(readSession);
    },
    async score(id, score) {
      const added: Doc = { scores: { $each: [score], $slice: -MOST_SCORES } };
      const doc = await table.findOneAndUpdate(
        { _id: ref(id) },
        { $push: added },
        { returnDocument: 'after' },
      );
      return doc ? readSession(doc) : null;
    },
  };
}
