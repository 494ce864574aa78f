import type { Decision, DecisionStore } from '../../domain/conversations/conversation.ts';
import { newId, ref, shape } from './documents.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const decisions = shape<Decision & { id: string }>({
  refs: ['conversationId', 'sessionId', 'operatorId'],
});

/** Why talks went where they went. */
export function mongoDecisions(tables: Tables): DecisionStore {
  const table = tables.of('decisions');
  return {
    async record(decision) {
      if (decision.act === 'wait') {
        const last = await table.findOne(
          { sessionId: ref(decision.sessionId) },
          { sort: { _id: -1 } },
        );
        if (last?.act === 'wait' && last.why === decision.why) return;
      }
      await tables.insert('decisions', { _id: newId(), ...decisions.write(decision) });
    },
    async ofConversation(conversationId, page) {
      const branch = { conversationId: ref(conversationId) };
      return readPage(table, [branch], NEWEST, page, (doc): Decision => {
        const { id: _, ...decision } = decisions.read(doc);
        return decision;
      });
    },
  };
}
