import type { Decision, DecisionStore } from '../../domain/conversations/conversation.ts';
import { coalesce } from '../../base/coalesce.ts';
import { ref, refOrNull, refs } from './documents.ts';
import type { Doc, Row } from './documents.ts';
import { insertAll } from './message-append.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

/** Why talks went where they went. */
export function mongoDecisions(tables: Tables): DecisionStore {
  const table = tables.of('decisions');
  /** A pass of the router makes many at once. */
  const insert = coalesce<Row, unknown>((docs) => insertAll(table, docs));
  return {
    async record({ id, ...decision }) {
      if (decision.act === 'wait') {
        const last = await table.findOne(
          { sessionId: ref(decision.sessionId) },
          { sort: { _id: -1 } },
        );
        if (last?.act === 'wait' && last.why === decision.why) return;
      }
      // Past the schema: its check of hundreds of excluded people costs more than everything else of a decision.
      await insert({ _id: ref(id), ...written(decision) });
    },
    ofConversation: (conversationId, page) =>
      readPage(table, [{ conversationId: ref(conversationId) }], NEWEST, page, readDecision),
  };
}

const written = (decision: Decision): Doc => {
  const groups = new Map<string, string[]>();
  for (const { why, operatorId } of decision.excluded) push(groups, why, operatorId);
  return {
    ...decision,
    conversationId: ref(decision.conversationId),
    sessionId: ref(decision.sessionId),
    operatorId: refOrNull(decision.operatorId),
    excluded: [...groups].map(([why, operatorIds]) => ({ why, operatorIds: refs(operatorIds) })),
  };
};

const push = (groups: Map<string, string[]>, why: string, operatorId: string): void => {
  const group = groups.get(why);
  if (group) group.push(operatorId);
  else groups.set(why, [operatorId]);
};

const readDecision = (doc: Doc): Decision => ({
  at: doc.at,
  conversationId: String(doc.conversationId),
  sessionId: String(doc.sessionId),
  act: doc.act,
  operatorId: doc.operatorId === null ? null : String(doc.operatorId),
  why: doc.why,
  excluded: (doc.excluded as Doc[]).flatMap(({ why, operatorId, operatorIds }) =>
    // One by one, as they were written before they were grouped.
    ((operatorIds ?? [operatorId]) as unknown[]).map((id) => ({ operatorId: String(id), why })),
  ),
});
