import { coalesce } from '../../base/coalesce.ts';
import type { Conversation, ConversationStore } from '../../domain/conversations/conversation.ts';
import { readConversation } from './conversation-documents.ts';
import { ref } from './documents.ts';
import type { Doc, Table } from './documents.ts';
import { ownCopies } from './own-copies.ts';

type Change = Parameters<ConversationStore['bump']>[1];
interface Bump {
  id: string;
  change: Change;
}

/** Only a greater seq passes: a repeated bump finds nothing to do. */
const filterOf = ({ id, change }: Bump): Doc => ({ _id: ref(id), seq: { $lt: change.seq } });

function updateOf({ seq, lastMessage, unread, lastCustomerAt, firstAnswerAt }: Change): Doc {
  return {
    $set: {
      seq,
      ...(lastMessage ? { lastMessage } : {}),
      ...(unread === 'clear' ? { unread: 0 } : {}),
      // A customer who writes has the talk on the table again; its timer then finds nothing to do.
      ...(lastCustomerAt ? { 'session.snoozedUntil': null, 'session.awaitsAnswer': true } : {}),
      ...(firstAnswerAt ? { 'session.awaitsAnswer': false } : {}),
    },
    $inc: { rev: 1, ...(unread === 'add' ? { unread: 1 } : {}) },
    ...(lastMessage || lastCustomerAt || firstAnswerAt
      ? {
          $max: {
            ...(lastMessage ? { activeAt: lastMessage.at } : {}),
            ...(lastCustomerAt ? { lastCustomerAt } : {}),
            ...(firstAnswerAt ? { 'session.answeredAt': firstAnswerAt } : {}),
          },
        }
      : {}),
    ...(firstAnswerAt ? { $min: { 'session.firstAnswerAt': firstAnswerAt } } : {}),
  };
}

/** Bumps made close together: one bulk write and one read for all; a single one is one round trip. */
export function newBump(table: Table): ConversationStore['bump'] {
  const bump = coalesce<Bump, Conversation | null>(async (bumps) => {
    const [only] = bumps;
    if (bumps.length === 1 && only) {
      const changed = await table.findOneAndUpdate(filterOf(only), updateOf(only.change), {
        returnDocument: 'after',
      });
      const doc = changed ?? (await table.findOne({ _id: ref(only.id) }));
      return [doc ? readConversation(doc) : null];
    }
    // In seq order, so that of two bumps of one conversation neither is lost.
    const inOrder = bumps.toSorted((a, b) => a.change.seq - b.change.seq);
    await table.bulkWrite(
      inOrder.map((one) => ({
        updateOne: { filter: filterOf(one), update: updateOf(one.change) },
      })),
    );
    const ids = [...new Set(bumps.map(({ id }) => id))];
    const docs = await table.find({ _id: { $in: ids.map(ref) } }).toArray();
    const found = new Map(docs.map(readConversation).map((one) => [one.id, one]));
    const own = ownCopies<Conversation>();
    return bumps.map(({ id }) => own(found.get(id)));
  });
  return (id, change) => bump({ id, change });
}
