import type {
  EditedEvent,
  InboundEvent,
  ReactionEvent,
  ReceiptEvent,
  RemovedEvent,
} from '../../../contract/inbound.ts';
import type { KnownAccount } from '../../../domain/accounts/open-account.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import type { Message } from '../../../domain/conversations/message.ts';
import { messageOfKey } from '../../../domain/conversations/send-key.ts';
import type { Apply, ApplyParts } from './parts.ts';
import { customer, textOf } from './words.ts';

/** Runs `change` on the message of ours or theirs that the provider names; an unknown one is noted, not an error. */
async function changeNamed(
  parts: ApplyParts,
  event: InboundEvent,
  known: KnownAccount,
  externalId: string,
  change: (message: Message, conversation: Conversation) => Promise<Message | null>,
): Promise<void> {
  const conversation = await parts.stores.conversations.byChat(known.record.id, event.chat.id);
  const message =
    conversation && (await parts.stores.messages.byExternalId(conversation.id, externalId));
  if (!conversation || !message) {
    parts.log.debug(
      { accountId: known.record.id, type: event.type },
      'an event names a message that is not here',
    );
    return;
  }
  const after = await change(message, conversation);
  if (after) parts.bus.publish({ type: 'message.changed', message: after, conversation });
}

/** The customer changed a message; the earlier text stays readable. */
export const onEdited: Apply<EditedEvent> = (parts, event, known) =>
  changeNamed(parts, event, known, event.messageId, async (message) => {
    const { text, marks } = textOf(event.parts);
    if (text === message.text) return null;
    return parts.stores.messages.edit(message.id, text, marks, parts.clock.now());
  });

/** Messages were deleted at the provider. */
export const onRemoved: Apply<RemovedEvent> = async (parts, event, known) => {
  for (const id of event.messageIds)
    await changeNamed(parts, event, known, id, (message) =>
      parts.stores.messages.remove(message.id, parts.clock.now()),
    );
};

/** All reactions of the customer on a message now. */
export const onReaction: Apply<ReactionEvent> = (parts, event, known) =>
  changeNamed(parts, event, known, event.messageId, (message, conversation) =>
    parts.stores.messages.setReactions(
      message.id,
      customer(conversation),
      event.emoji,
      parts.clock.now(),
    ),
  );

/** How far messages of ours got. */
export const onReceipt: Apply<ReceiptEvent> = async (parts, event, known) => {
  const conversation = await talkOfReceipt(parts, event, known);
  if (!conversation) return;
  const messages = await parts.stores.outbox.receipt(
    conversation.id,
    event.messageId,
    event.status,
    event.upTo ?? false,
    parts.clock.now(),
    event.detail ?? '',
  );
  for (const message of messages)
    parts.bus.publish({ type: 'message.changed', message, conversation });
};

/** A receipt may name our send's key alone, without the chat. */
async function talkOfReceipt(
  parts: ApplyParts,
  event: ReceiptEvent,
  known: KnownAccount,
): Promise<Conversation | null> {
  if (event.chat.id !== '')
    return parts.stores.conversations.byChat(known.record.id, event.chat.id);
  const message = await parts.stores.messages.get(messageOfKey(event.messageId));
  return message?.accountId === known.record.id
    ? parts.stores.conversations.get(message.conversationId)
    : null;
}
