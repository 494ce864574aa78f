import { coalesce } from '../../base/coalesce.ts';
import type { Message, MessageStore } from '../../domain/conversations/message.ts';
import { ref } from './documents.ts';
import type { Doc } from './documents.ts';
import { newAppend } from './message-append.ts';
import { changedAt, messageShape } from './message-documents.ts';
import { ownCopies } from './own-copies.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables } from './tables.ts';

/** Messages of all conversations, in seq order each. */
export function mongoMessages(tables: Tables): MessageStore {
  const table = tables.of('messages');
  const { read, readAll, readOrNull } = messageShape;
  const change = async (filter: Doc, update: Doc | Doc[]): Promise<Message | null> =>
    readOrNull(await table.findOneAndUpdate(filter, update, { returnDocument: 'after' }));
  const one = async (filter: Doc): Promise<Message | null> =>
    readOrNull(await table.findOne(filter));

  const byKey = coalesce<{ conversationId: string; key: string }, Message | null>(
    async (wanted) => {
      const branches = wanted.map(({ conversationId, key }) => ({
        conversationId: ref(conversationId),
        key,
      }));
      const [only] = branches;
      const docs = await table
        .find(branches.length === 1 && only ? only : { $or: branches })
        .toArray();
      const keyOf = (one: { conversationId: string; key: string }): string =>
        `${one.conversationId}\n${one.key}`;
      const found = new Map(readAll(docs).map((one) => [keyOf(one), one]));
      const own = ownCopies<Message>();
      return wanted.map((one) => own(found.get(keyOf(one))));
    },
    { max: 50, parallel: 2 },
  );

  return {
    append: newAppend(table),
    get: sharedRead(table, { field: '_id', stored: ref, read, keyOf: ({ id }) => id }),
    byKey: (conversationId, key) => byKey({ conversationId, key }),
    byExternalId: (conversationId, externalId) =>
      one({ conversationId: ref(conversationId), externalIds: externalId }),

    async after(conversationId, afterSeq, limit) {
      const filter = { conversationId: ref(conversationId), seq: { $gt: afterSeq } };
      return readAll(await table.find(filter).sort({ seq: 1 }).limit(limit).toArray());
    },

    async before(conversationId, beforeSeq, limit) {
      const filter: Doc = { conversationId: ref(conversationId) };
      if (Number.isFinite(beforeSeq)) filter.seq = { $lt: beforeSeq };
      const docs = await table.find(filter).sort({ seq: -1 }).limit(limit).toArray();
      return docs.reverse().map(read);
    },

    async changedSince(conversationId, since, uptoSeq, limit) {
      const docs = await table
        .find({
          conversationId: ref(conversationId),
          changed: true,
          changedAt: { $gt: since },
          seq: { $lte: uptoSeq },
        })
        .sort({ changedAt: 1 })
        .limit(limit)
        .toArray();
      return readAll(docs);
    },

    edit: (id, text, marks, at) =>
      change({ _id: ref(id), removedAt: null }, [
        {
          $set: {
            edits: { $concatArrays: ['$edits', [{ text: '$text', at }]] },
            text: { $literal: text },
            marks: { $literal: marks },
            ...changedAt(at),
          },
        },
      ]),

    remove: (id, at) =>
      change({ _id: ref(id), removedAt: null }, { $set: { removedAt: at, ...changedAt(at) } }),

    setReactions: (id, by, emoji, at) =>
      change({ _id: ref(id) }, [
        {
          $set: {
            reactions: {
              $concatArrays: [
                {
                  $filter: {
                    input: '$reactions',
                    cond: {
                      $not: [
                        {
                          $and: [
                            { $eq: ['$$this.by.kind', by.kind] },
                            { $eq: ['$$this.by.id', { $literal: by.id }] },
                          ],
                        },
                      ],
                    },
                  },
                },
                { $literal: [...new Set(emoji)].map((one) => ({ emoji: one, by })) },
              ],
            },
            ...changedAt(at),
          },
        },
      ]),

    touch: (id, at) => change({ _id: ref(id) }, { $set: changedAt(at) }),

    async lastReply(conversationId, sessionId) {
      return readOrNull(
        await table.findOne(
          {
            conversationId: ref(conversationId),
            sessionId: ref(sessionId),
            direction: 'out',
            'author.kind': 'user',
          },
          { sort: { seq: -1 } },
        ),
      );
    },
    async replyAfter(conversationId, seenSeq, notBy) {
      return readOrNull(
        await table.findOne(
          {
            conversationId: ref(conversationId),
            seq: { $gt: seenSeq },
            direction: 'out',
            'author.kind': { $in: ['user', 'external'] },
            'author.id': { $ne: notBy },
          },
          { sort: { seq: -1 } },
        ),
      );
    },
  };
}
