import { recordIdOf } from '../../../base/ids.ts';
import type { CallEvent, MovedEvent, PresenceEvent } from '../../../contract/inbound.ts';
import {
  changeOf,
  recordSessionChange,
  writeDown,
} from '../../../domain/conversations/record-event.ts';
import type { Apply } from './parts.ts';
import { talkFor } from './talk.ts';
import { customer } from './words.ts';

/** What the customer does without writing. */
export const onPresence: Apply<PresenceEvent> = async (parts, event, known) => {
  const conversation = await parts.stores.conversations.byChat(known.record.id, event.chat.id);
  if (!conversation) return;
  if (event.state === 'blocked' || event.state === 'unblocked') {
    const blocked = event.state === 'blocked';
    if (conversation.blocked === blocked) return;
    const change = changeOf(parts, conversation, {
      kind: event.state,
      text: blocked
        ? `${conversation.contactName} blocked this channel: answers do not arrive.`
        : `${conversation.contactName} can be answered again.`,
      by: customer(conversation),
      before: { blocked: !blocked },
      after: { blocked },
    });
    const after = await parts.stores.conversations.setBlocked(conversation.id, blocked, change);
    if (after) await writeDown(parts, after, change);
    return;
  }
  parts.bus.publish({
    type: 'typing',
    conversationId: conversation.id,
    seq: conversation.seq,
    lineId: conversation.lineId,
    ownerId: conversation.session.ownerId,
    who: customer(conversation),
    on: event.state === 'typing',
  });
};

/** The provider moved the chat to another address. */
export const onMoved: Apply<MovedEvent> = async (parts, event, known) => {
  const conversation = await parts.stores.conversations.byChat(known.record.id, event.chat.id);
  if (!conversation) return;
  const moved = await parts.stores.conversations.setChat(conversation.id, event.to);
  if (!moved) {
    parts.log.warn(
      { conversationId: conversation.id },
      'a chat moved to an address that has a talk already; new messages go there',
    );
  }
};

/** A phone call changed state. */
export const onCall: Apply<CallEvent> = async (parts, event, known) => {
  const { conversation } = await talkFor(parts, event, known);
  await recordSessionChange(
    parts,
    conversation,
    {
      kind: `call-${event.state}`,
      text: `Call ${event.direction === 'in' ? 'from' : 'to'} ${conversation.contactName}: ${event.state}.`,
      by: customer(conversation),
    },
    // The same event again changes nothing.
    recordIdOf(`call ${known.record.id} ${event.id}`),
  );
};
