import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { FlowStore } from '../../domain/conversations/flow-plan.ts';
import { readConversation } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';
import { leaving } from './unwritten.ts';

/** Why nobody has the talk yet, for people. */
const HELD = 'The customer answers a few questions first.';

/** Flow plans: part of the session, so each step is one conditional write on the conversation. */
export function mongoFlows(tables: Tables): FlowStore {
  const table = tables.of('conversations');
  const change = async (filter: Doc, update: Doc | Doc[]): Promise<Conversation | null> => {
    const doc = await table.findOneAndUpdate(filter, update, { returnDocument: 'after' });
    return doc ? readConversation(doc) : null;
  };
  const session = (id: string, sessionId: string): Doc => ({
    _id: ref(id),
    'session.id': ref(sessionId),
  });
  /** A time that is not there keeps the talk out of the index. */
  const written = (plan: { wakeAt: Date | null }): Doc => {
    const { wakeAt, ...rest } = plan;
    return wakeAt ? { ...rest, wakeAt } : rest;
  };
  const place = (from: string, to: string): Doc => ({
    'session.place': { $cond: [{ $eq: ['$session.place', from] }, to, '$session.place'] },
  });
  const counted: Doc = { rev: { $add: ['$rev', 1] } };

  return {
    begin: (id, sessionId, plan, held) =>
      change({ ...session(id, sessionId), 'session.flow': { $exists: false } }, [
        {
          $set: {
            'session.flow': { $literal: written(plan) },
            ...(held ? { ...place('ready', 'held'), 'session.why': HELD } : {}),
            ...counted,
          },
        },
      ]),

    step: (id, sessionId, plan, release) =>
      change({ ...session(id, sessionId), 'session.flow.step': plan.step - 1 }, [
        {
          $set: {
            // Replaced as a whole: `$set` of a document would keep fields that are no longer there.
            'session.flow': { $literal: written(plan) },
            ...(release ? place('held', 'ready') : {}),
            ...counted,
          },
        },
      ]),

    async done(id, sessionId, step, wakeAt) {
      await table.updateOne(
        { ...session(id, sessionId), 'session.flow.step': step },
        {
          $set: { 'session.flow.tasks': [], ...(wakeAt ? { 'session.flow.wakeAt': wakeAt } : {}) },
          ...(wakeAt ? {} : { $unset: { 'session.flow.wakeAt': '' } }),
        },
      );
    },

    rate: (id, sessionId, rating, unwritten) =>
      change(
        session(id, sessionId),
        leaving({ $set: { 'session.rating': rating }, $inc: { rev: 1 } }, unwritten),
      ),
    consent: (id, sessionId, consent, unwritten) =>
      change(
        session(id, sessionId),
        leaving({ $set: { 'session.consent': consent }, $inc: { rev: 1 } }, unwritten),
      ),

    async due(now, limit) {
      const docs = await table
        .find({ 'session.flow.wakeAt': { $lte: now } })
        .sort({ 'session.flow.wakeAt': 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },

    ahead: (lineId, waitingSince) =>
      table.countDocuments({
        lineId: ref(lineId),
        'session.state': 'waiting',
        'session.waitingSince': { $lt: waitingSince },
      }),
  };
}
