import type { Conversation, Offer } from '../../domain/conversations/conversation.ts';
import type { Occupied, QueueStore, SeenSession } from '../../domain/conversations/queue.ts';
import { inSession, readConversation } from './conversation-documents.ts';
import { ref, refOrNull, refs } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';
import { leaving, leavingSet } from './unwritten.ts';

/** What the router does to sessions. */
export function mongoQueue(tables: Tables): QueueStore {
  const table = tables.of('conversations');

  const change = async (filter: Doc, update: Doc | Doc[]): Promise<Conversation | null> => {
    const doc = await table.findOneAndUpdate(filter, update, { returnDocument: 'after' });
    return doc ? readConversation(doc) : null;
  };
  const seen = (id: string, { sessionId }: SeenSession, more: Doc = {}): Doc => ({
    _id: ref(id),
    'session.id': ref(sessionId),
    ...inSession(more),
  });
  const waiting = (id: string, session: SeenSession, more: Doc = {}): Doc =>
    seen(id, session, { state: 'waiting', ...more });
  const oldest = async (filter: Doc, limit: number): Promise<Conversation[]> => {
    const docs = await table
      .find({ ...filter, 'session.state': 'waiting' })
      // Another index fits as well, by which the few that rest are found among all that wait.
      .hint('conversation_queue')
      .sort({ 'session.waitingSince': 1, _id: 1 })
      .limit(limit)
      .toArray();
    return docs.map(readConversation);
  };
  const noTimer = { $unset: { 'session.timer': '' }, $inc: { rev: 1 } };
  const noOffer = { place: 'ready', offer: null };

  return {
    async ready(lineId, operatorIds, limit) {
      const [ready, resting] = await Promise.all([
        oldest({ lineId: ref(lineId), 'session.place': 'ready', 'session.role': null }, limit),
        operatorIds.length === 0
          ? []
          : oldest(
              {
                lineId: ref(lineId),
                'session.place': 'resting',
                'session.role': null,
                'session.tried': { $not: { $all: refs(operatorIds) } },
              },
              limit,
            ),
      ]);
      return [...ready, ...resting].sort(byAge).slice(0, limit);
    },

    async forRoles(lineId, limit) {
      const docs = await table
        .find({ ...SENT_TO_ROLE, lineId: ref(lineId) })
        .sort({ 'session.waitingSince': 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },
    linesForRoles: async () => (await table.distinct('lineId', SENT_TO_ROLE)).map(String),

    async occupancy(operatorIds) {
      const all = new Map(operatorIds.map((id) => [id, [] as Occupied[]]));
      if (operatorIds.length === 0) return all;
      const ids = refs(operatorIds);
      const [open, offered] = await Promise.all([
        table
          .find(
            { 'session.ownerId': { $in: ids }, 'session.state': 'open' },
            { projection: { lineId: 1, 'session.ownerId': 1, ...AWAITING } },
          )
          .toArray(),
        table
          .find(
            { 'session.offer.operatorId': { $in: ids } },
            { projection: { lineId: 1, 'session.offer.operatorId': 1 } },
          )
          .toArray(),
      ]);
      const add = ({ _id, lineId }: Doc, operatorId: unknown, as: Occupied['as']): void =>
        void all
          .get(String(operatorId))
          ?.push({ conversationId: String(_id), lineId: String(lineId), as });
      for (const doc of open) {
        const { ownerId, awaitsAnswer, snoozedUntil } = doc.session;
        add(doc, ownerId, awaitsAnswer && !snoozedUntil ? 'awaiting' : 'open');
      }
      for (const doc of offered) add(doc, doc.session.offer.operatorId, 'offered');
      return all;
    },

    offer: (id, session, offer, guest, unwritten) =>
      change(
        waiting(id, session, { place: { $in: ['ready', 'resting'] } }),
        leaving(
          {
            $set: inSession({
              place: 'offered',
              offer: stored(offer),
              timer: { kind: 'offer', at: offer.until },
              why: offer.why,
            }),
            ...(guest ? { $addToSet: inSession({ guests: ref(guest) }) } : {}),
            $inc: { rev: 1 },
          },
          unwritten,
        ),
      ),

    endOffer: (id, { until, ...session }, tried, unwritten) =>
      change(
        waiting(id, session, { place: 'offered', 'offer.until': until }),
        leaving(
          {
            $set: inSession(noOffer),
            $addToSet: inSession({ tried: { $each: refs(tried) } }),
            ...noTimer,
          },
          unwritten,
        ),
      ),

    decline: async (id, session, operatorId, unwritten) => {
      const tried = { $addToSet: inSession({ tried: ref(operatorId) }) };
      const theirs = await change(
        waiting(id, session, { 'offer.operatorId': ref(operatorId) }),
        leaving(
          {
            $set: inSession(noOffer),
            ...tried,
            ...noTimer,
          },
          unwritten,
        ),
      );
      return (
        theirs ??
        change(
          waiting(id, session, { 'offer.operatorId': { $ne: ref(operatorId) } }),
          leaving(
            {
              ...tried,
              $inc: { rev: 1 },
            },
            unwritten,
          ),
        )
      );
    },

    rest: (id, session, until, why, unwritten) =>
      change(
        waiting(id, session, { place: { $in: ['ready', 'offered'] } }),
        leaving(
          {
            $set: inSession({
              place: 'resting',
              offer: null,
              timer: { kind: 'rest', at: until },
              why,
            }),
            $inc: { 'session.rounds': 1, rev: 1 },
          },
          unwritten,
        ),
      ),

    beginRound: (id, session) =>
      change(waiting(id, session, { place: 'resting' }), {
        $set: inSession({ place: 'ready', tried: [] }),
        ...noTimer,
      }),

    keep: (id, { ownerId, ...session }, until, unwritten) =>
      change(
        seen(id, session, { state: 'open', ownerId: ref(ownerId), 'timer.kind': 'answer' }),
        leaving(
          {
            $set: inSession({ tried: [], timer: { kind: 'answer', at: until } }),
            $inc: { 'session.rounds': 1, rev: 1 },
          },
          unwritten,
        ),
      ),

    wait: (id, session, why, alerted, unwritten) =>
      change(
        waiting(id, session),
        leaving(
          {
            $set: inSession({ why }),
            ...(alerted ? { $addToSet: inSession({ alerted }) } : {}),
            $inc: { rev: 1 },
          },
          unwritten,
        ),
      ),

    snooze: (id, session, until, unwritten) =>
      change(seen(id, session, { state: { $ne: 'closed' } }), [
        leavingSet(
          {
            ...inSession({
              snoozedUntil: until,
              timer: { kind: { $literal: 'snooze' }, at: until },
              offer: null,
              place: { $cond: [{ $eq: ['$session.state', 'waiting'] }, 'snoozed', null] },
            }),
            rev: { $add: ['$rev', 1] },
          },
          unwritten,
        ),
      ]),

    wake: (id, session, unwritten) =>
      change(seen(id, session, { 'timer.kind': 'snooze' }), [
        leavingSet(
          {
            ...inSession({
              snoozedUntil: null,
              place: { $cond: [{ $eq: ['$session.state', 'waiting'] }, 'ready', null] },
            }),
            rev: { $add: ['$rev', 1] },
          },
          unwritten,
        ),
        { $unset: 'session.timer' },
      ]),

    async clearTimer(id, { at, ...session }) {
      await table.updateOne(seen(id, session, { 'timer.at': at }), {
        $unset: { 'session.timer': '' },
      });
    },

    move: (id, { ownerId, ...session }, { lineId, at, why, tried, role }, unwritten) =>
      change(
        seen(id, session, { ownerId: refOrNull(ownerId), state: { $ne: 'closed' } }),
        leaving(
          {
            $set: {
              lineId: ref(lineId),
              ...inSession({
                ...noOffer,
                state: 'waiting',
                ownerId: null,
                ownedAt: null,
                waitingSince: at,
                tried: refs(tried),
                rounds: 0,
                snoozedUntil: null,
                alerted: [],
                why,
                ...(role ? { role } : {}),
              }),
            },
            $unset: inSession({ timer: '', ...(role ? {} : { role: '' }) }),
            $inc: { rev: 1 },
            $max: { activeAt: at },
          },
          unwritten,
        ),
      ),

    async untold(limit) {
      const filter = { 'session.state': 'waiting', 'session.place': 'ready', 'session.why': null };
      return (await table.find(filter).limit(limit).toArray()).map(readConversation);
    },

    async due(now, limit) {
      const docs = await table
        .find({ 'session.timer.at': { $lte: now } })
        .sort({ 'session.timer.at': 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },

    async nextTimer() {
      const [doc] = await table
        .find({ 'session.timer.at': { $gt: new Date(0) } }, { projection: { 'session.timer': 1 } })
        .sort({ 'session.timer.at': 1 })
        .limit(1)
        .toArray();
      return (doc?.session.timer.at as Date | undefined) ?? null;
    },
  };
}

/** As the index of such talks is written. */
const SENT_TO_ROLE: Doc = { 'session.role': { $exists: true }, 'session.state': 'waiting' };

const AWAITING = { 'session.awaitsAnswer': 1, 'session.snoozedUntil': 1 };

const byAge = (a: Conversation, b: Conversation): number =>
  Number(a.session.waitingSince) - Number(b.session.waitingSince) || (a.id < b.id ? -1 : 1);

/** An offer to everybody has no operator, so that the index of offers has only those to one. */
const stored = ({ operatorId, ...offer }: Offer): Doc =>
  operatorId === null ? offer : { ...offer, operatorId: ref(operatorId) };
