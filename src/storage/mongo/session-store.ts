import type { SessionStore } from '../../domain/conversations/conversation.ts';
import { archivedSession, readSession } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Tables } from './tables.ts';

/** Ended sessions. */
export function mongoSessions(tables: Tables): SessionStore {
  const table = tables.of('sessions');
  return {
    async archive(conversation) {
      await table.replaceOne({ _id: ref(conversation.session.id) }, archivedSession(conversation), {
        upsert: true,
      });
    },
    async ofConversation(conversationId) {
      const docs = await table
        .find({ conversationId: ref(conversationId) })
        .sort({ number: 1 })
        .toArray();
      return docs.map(readSession);
    },
  };
}
