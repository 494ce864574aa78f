import type { TargetStore } from '../../domain/conversations/targets.ts';
import { readConversation } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Tables } from './tables.ts';

/** Targets: part of the session. */
export function mongoTargets(tables: Tables): TargetStore {
  const table = tables.of('conversations');
  return {
    async write(id, sessionId, expected, items, wakeAt) {
      const doc = await table.findOneAndUpdate(
        {
          _id: ref(id),
          'session.id': ref(sessionId),
          'session.targets.step': expected === 0 ? { $exists: false } : expected,
        },
        {
          $set: {
            'session.targets': { step: expected + 1, items, ...(wakeAt ? { wakeAt } : {}) },
          },
          $inc: { rev: 1 },
        },
        { returnDocument: 'after' },
      );
      return doc ? readConversation(doc) : null;
    },
    async due(now, limit) {
      const docs = await table
        .find({ 'session.targets.wakeAt': { $lte: now } })
        .sort({ 'session.targets.wakeAt': 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },
    async silent(lineId, cutOff, limit) {
      const docs = await table
        .find({
          lineId: ref(lineId),
          'session.state': 'open',
          activeAt: { $lte: cutOff },
          'session.firstAnswerAt': { $exists: true },
          'lastMessage.direction': 'out',
        })
        .sort({ activeAt: 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },
  };
}
