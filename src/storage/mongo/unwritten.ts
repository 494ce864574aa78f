import { coalesce } from '../../base/coalesce.ts';
import type { Unwritten } from '../../domain/conversations/change.ts';
import type { ConversationStore } from '../../domain/conversations/conversation.ts';
import { readConversation } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Doc, Table } from './documents.ts';

/** As it lies in the talk. */
const stored = ({ decisions, ...rest }: Unwritten): Doc => ({
  ...rest,
  decisions: decisions.map(({ excluded: _, ...decision }) => decision),
});

/** An update that also stores what its change is to leave behind. */
export function leaving(update: Doc, unwritten: Unwritten | undefined): Doc {
  if (!unwritten) return update;
  return { ...update, $push: { ...update.$push, unwritten: stored(unwritten) } };
}

/** The same for the first stage of a pipeline, a `$set`. */
export function leavingSet(fields: Doc, unwritten: Unwritten | undefined): Doc {
  if (!unwritten) return { $set: fields };
  const added = [{ $literal: stored(unwritten) }];
  const before = { $ifNull: ['$unwritten', []] };
  return { $set: { ...fields, unwritten: { $concatArrays: [before, added] } } };
}

/** As the index of such talks is written. */
const ANY: Doc = { 'unwritten.0': { $exists: true } };

/** What is done with it apart from the change itself. */
export function unwrittenIn(
  table: Table,
): Pick<ConversationStore, 'note' | 'written' | 'withUnwritten'> {
  const written = coalesce<{ id: string; unwrittenId: string }, null>(async (all) => {
    await table.bulkWrite(
      all.map(({ id, unwrittenId }) => ({
        updateOne: {
          filter: { _id: ref(id) },
          update: { $pull: { unwritten: { id: unwrittenId } } as Doc },
        },
      })),
      { ordered: false },
    );
    return all.map(() => null);
  });
  return {
    async note(id, unwritten) {
      await table.updateOne(
        { _id: ref(id), 'unwritten.id': { $ne: unwritten.id } },
        leaving({}, unwritten),
      );
    },
    async written(id, unwrittenId) {
      await written({ id, unwrittenId });
    },
    async withUnwritten(before, limit) {
      const docs = await table
        .find({ ...ANY, 'unwritten.at': { $lte: before } })
        .limit(limit)
        .toArray();
      return docs.map(readConversation);
    },
  };
}
