import { MERGED } from '../../domain/conversations/conversation.ts';
import type { Conversation, ConversationStore } from '../../domain/conversations/conversation.ts';
import { coalesce } from '../../base/coalesce.ts';
import { newBump } from './conversation-bump.ts';
import {
  inSession,
  newConversation,
  newSession,
  readConversation,
} from './conversation-documents.ts';
import { BY_ACTIVITY, listBranches } from './conversation-list.ts';
import { isDuplicate, onceMore, ref, refOrNull, refs } from './documents.ts';
import type { Doc } from './documents.ts';
import { ownCopies } from './own-copies.ts';
import { readPage } from './pages.ts';
import { searchKeys } from './search-keys.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables } from './tables.ts';
import { leaving, leavingSet, unwrittenIn } from './unwritten.ts';

/** What a session may have and the next one begins without. */
const OF_ONE_SESSION: Doc = { flow: '', targets: '', rating: '', consent: '', role: '' };

const readOrNull = (doc: Doc | null): Conversation | null => (doc ? readConversation(doc) : null);

/** Conversations with their current session inside; every change of it is one conditional write. */
export function mongoConversations(tables: Tables): ConversationStore {
  const table = tables.of('conversations');
  const after = { returnDocument: 'after' } as const;
  const change = async (filter: Doc, update: Doc | Doc[]): Promise<Conversation | null> =>
    readOrNull(await table.findOneAndUpdate(filter, update, after));
  const addressed = (accountId: string, chat: string): Doc => ({ accountId: ref(accountId), chat });

  const byChat = coalesce<[string, string], Conversation | null>(
    async (addresses) => {
      const [only] = addresses;
      if (addresses.length === 1 && only)
        return [readOrNull(await table.findOne(addressed(...only)))];
      const chats = new Map<string, Set<string>>();
      for (const [account, chat] of addresses) {
        chats.set(account, (chats.get(account) ?? new Set()).add(chat));
      }
      const branches = [...chats].map(([account, set]) => ({
        accountId: ref(account),
        chat: { $in: [...set] },
      }));
      const docs = await table
        .find(branches.length === 1 ? (branches[0] ?? {}) : { $or: branches })
        .toArray();
      const found = new Map(
        docs.map(readConversation).map((one) => [`${one.accountId}\n${one.chat}`, one]),
      );
      const own = ownCopies<Conversation>();
      return addresses.map(([account, chat]) => own(found.get(`${account}\n${chat}`)));
    },
    { parallel: 2 },
  );

  const store: ConversationStore = {
    get: sharedRead(table, {
      field: '_id',
      stored: ref,
      read: readConversation,
      keyOf: ({ id }) => id,
    }),
    many: async (ids) =>
      ids.length === 0
        ? []
        : (await table.find({ _id: { $in: refs(ids) } }).toArray()).map(readConversation),
    byChat: (accountId, chat) => byChat([accountId, chat]),

    async findOrOpen(request) {
      const filter = addressed(request.accountId, request.chat);
      const result = await onceMore(() =>
        table.findOneAndUpdate(
          filter,
          { $setOnInsert: newConversation(request) },
          { upsert: true, ...after, includeResultMetadata: true },
        ),
      );
      const conversation = readOrNull(result.value);
      if (!conversation) throw new Error('The upsert of a conversation gave none back.');
      const created = result.lastErrorObject?.updatedExisting === false;
      if (conversation.session.state !== 'closed') return { conversation, created };
      const reopened = await store.reopen(conversation.id, request.at, request.lineId);
      return {
        conversation: reopened ?? (await store.get(conversation.id)) ?? conversation,
        created,
      };
    },

    reopen: (id, at, lineId, unwritten) =>
      change(
        { _id: ref(id), 'session.state': 'closed' },
        leaving(
          {
            $set: {
              ...inSession(newSession(at, unwritten?.sessionId)),
              ...(lineId === undefined ? {} : { lineId: ref(lineId) }),
            },
            $unset: inSession({ ...OF_ONE_SESSION, firstAnswerAt: '', answeredAt: '', timer: '' }),
            $inc: { 'session.number': 1, rev: 1 },
            $max: { activeAt: at },
          },
          unwritten,
        ),
      ),

    claim: (id, expected, operatorId, at, why, { answerBy, unanswered, role } = {}, unwritten) =>
      change(
        {
          _id: ref(id),
          'session.id': ref(expected.sessionId),
          'session.ownerId': refOrNull(expected.ownerId),
          'session.state': { $ne: 'closed' },
          ...(unanswered ? { 'session.answeredAt': { $not: { $gte: unanswered.since } } } : {}),
        },
        leaving(
          {
            $set: {
              ...inSession({
                ownerId: ref(operatorId),
                ownedAt: at,
                state: 'open',
                waitingSince: null,
                place: null,
                offer: null,
                snoozedUntil: null,
                why,
                ...(answerBy ? { timer: { kind: 'answer', at: answerBy } } : {}),
                ...(role ? { role } : {}),
              }),
              lastOwnerId: ref(operatorId),
            },
            // Who takes it by hand ends its way to a role; whom the router chose may pass it on within the role.
            ...(answerBy
              ? {}
              : { $unset: inSession({ timer: '', ...(role ? {} : { role: '' }) }) }),
            ...(unanswered && expected.ownerId
              ? { $addToSet: inSession({ tried: ref(expected.ownerId) }) }
              : {}),
            $inc: { rev: 1 },
            $max: { activeAt: at },
          },
          unwritten,
        ),
      ),

    release: (id, expected, at, why, unwritten) =>
      change(
        {
          _id: ref(id),
          'session.id': ref(expected.sessionId),
          'session.ownerId': ref(expected.ownerId),
          'session.state': 'open',
        },
        [
          leavingSet(
            {
              ...inSession({
                ownerId: null,
                ownedAt: null,
                state: 'waiting',
                place: 'ready',
                offer: null,
                snoozedUntil: null,
                why: { $literal: why },
              }),
              // Who never got an answer has been waiting from the beginning, and keeps the place in the queue.
              'session.waitingSince': {
                $cond: [
                  { $eq: [{ $type: '$session.firstAnswerAt' }, 'missing'] },
                  '$session.openedAt',
                  at,
                ],
              },
              'session.tried': { $setUnion: ['$session.tried', [ref(expected.ownerId)]] },
              rev: { $add: ['$rev', 1] },
              activeAt: { $max: ['$activeAt', at] },
            },
            unwritten,
          ),
          { $unset: 'session.timer' },
        ],
      ),

    close: (id, expected, at, by, outcome, unwritten) =>
      change(
        { _id: ref(id), 'session.id': ref(expected.sessionId), 'session.state': { $ne: 'closed' } },
        leaving(
          {
            $set: inSession({
              state: 'closed',
              waitingSince: null,
              place: null,
              offer: null,
              snoozedUntil: null,
              closedAt: at,
              closedBy: by,
              outcome,
            }),
            $unset: inSession({ timer: '', role: '' }),
            $inc: { rev: 1 },
            $max: { activeAt: at },
          },
          unwritten,
        ),
      ),

    join: (id, sessionId, userId, as, unwritten) =>
      change(
        {
          _id: ref(id),
          'session.id': ref(sessionId),
          'session.state': { $ne: 'closed' },
          [`session.${as}`]: { $ne: ref(userId) },
        },
        leaving({ $addToSet: inSession({ [as]: ref(userId) }), $inc: { rev: 1 } }, unwritten),
      ),
    leave: (id, sessionId, userId, unwritten) =>
      change(
        {
          _id: ref(id),
          'session.id': ref(sessionId),
          $or: [{ 'session.guests': ref(userId) }, { 'session.watchers': ref(userId) }],
        },
        leaving(
          {
            $pull: inSession({ guests: ref(userId), watchers: ref(userId) }),
            $inc: { rev: 1 },
          },
          unwritten,
        ),
      ),
    setTags: (id, before, tags, unwritten) =>
      change(
        { _id: ref(id), tags: before },
        leaving({ $set: { tags }, $inc: { rev: 1 } }, unwritten),
      ),
    merge: (id, { into, ...merged }) =>
      change(
        { _id: ref(id), merged: { $exists: false } },
        { $set: { merged: { ...merged, into: ref(into) } }, $inc: { rev: 1 } },
      ),
    unmerge: (id, into, unwritten) =>
      change(
        { _id: ref(id), 'merged.into': ref(into) },
        leaving({ $unset: { merged: '' }, $inc: { rev: 1 } }, unwritten),
      ),
    goOn: (id, { sessionId }, ownerId, at, unwritten) =>
      change(
        {
          _id: ref(id),
          'session.id': ref(sessionId),
          'session.state': 'closed',
          'session.outcome': MERGED,
        },
        [
          leavingSet(
            {
              ...inSession({
                ...(ownerId === null
                  ? { state: 'waiting', place: 'ready', waitingSince: '$session.openedAt' }
                  : { state: 'open' }),
                ownerId: refOrNull(ownerId),
                ownedAt: ownerId === null ? null : at,
                tried: [],
                rounds: 0,
                alerted: [],
                why: null,
                closedAt: null,
                closedBy: null,
                outcome: null,
              }),
              rev: { $add: ['$rev', 1] },
              activeAt: { $max: ['$activeAt', at] },
            },
            unwritten,
          ),
        ],
      ),
    async mergedInto(id) {
      const docs = await table
        .find({ 'merged.into': ref(id) })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(readConversation);
    },
    pin: (id, userId, on) =>
      change(
        { _id: ref(id) },
        { [on ? '$addToSet' : '$pull']: { pinnedBy: ref(userId) }, $inc: { rev: 1 } },
      ),

    bump: newBump(table),
    ...unwrittenIn(table),

    markRead: (id) => change({ _id: ref(id) }, { $set: { unread: 0 }, $inc: { rev: 1 } }),
    setBlocked: (id, blocked, unwritten) =>
      change({ _id: ref(id) }, leaving({ $set: { blocked }, $inc: { rev: 1 } }, unwritten)),
    setLead: (id, leadId) =>
      change({ _id: ref(id) }, { $set: { leadId: ref(leadId) }, $inc: { rev: 1 } }),
    async setChat(id, chat) {
      try {
        return await change({ _id: ref(id) }, { $set: { chat }, $inc: { rev: 1 } });
      } catch (error) {
        // Another conversation has this address already: this one stays where it is.
        if (isDuplicate(error, 'conversation_chat')) return null;
        throw error;
      }
    },

    async renameContact(contactId, name) {
      await table.updateMany(
        { contactId: ref(contactId) },
        {
          $set: { contactName: name, searchKeys: searchKeys({ names: [name] }) },
          $inc: { rev: 1 },
        },
      );
    },

    async waiting(lineId, limit) {
      const docs = await table
        .find({ lineId: ref(lineId), 'session.state': 'waiting' })
        .sort({ 'session.waitingSince': 1, _id: 1 })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },

    async linesWithWaiting() {
      return (await table.distinct('lineId', { 'session.state': 'waiting' })).map(String);
    },

    async loads(operatorIds, lineId) {
      const loads = new Map(operatorIds.map((id) => [id, { total: 0, onLine: 0 }]));
      if (operatorIds.length === 0) return loads;
      const open = table.find(
        { 'session.ownerId': { $in: refs(operatorIds) }, 'session.state': 'open' },
        { projection: { 'session.ownerId': 1, lineId: 1 } },
      );
      for await (const doc of open) {
        const load = loads.get(String((doc.session as Doc).ownerId));
        if (!load) continue;
        load.total++;
        if (lineId !== null && String(doc.lineId) === lineId) load.onLine++;
      }
      return loads;
    },

    async countsByLine(lineIds) {
      const counts = new Map(lineIds.map((id) => [id, { waiting: 0, open: 0 }]));
      const states = ['waiting', 'open'] as const;
      await Promise.all(
        [...counts].flatMap(([lineId, count]) =>
          states.map(async (state) => {
            count[state] = await table.countDocuments({
              lineId: ref(lineId),
              'session.state': state,
            });
          }),
        ),
      );
      return counts;
    },

    list: (filter, visibility, page) =>
      readPage(table, listBranches(filter, visibility), BY_ACTIVITY, page, readConversation),

    async ofContact(contactId) {
      const docs = await table
        .find({ contactId: ref(contactId) })
        .sort({ activeAt: -1 })
        .toArray();
      return docs.map(readConversation);
    },
  };
  return store;
}
