import type { ButtonEvent, MessageEvent } from '../../../contract/inbound.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import { draftOf } from '../../../domain/conversations/record-event.ts';
import { appendIncoming, keepFiles } from './incoming.ts';
import type { Apply, ApplyParts } from './parts.ts';
import { talkFor } from './talk.ts';
import { customer, earlier, textOf } from './words.ts';

/** A customer wrote. */
export const onMessage: Apply<MessageEvent> = async (parts, event, known) => {
  const { text, marks } = textOf(event.parts);
  const said = text === '' ? null : { text, value: null };
  const { conversation, contact } = await talkFor(parts, event, known, said);
  const original = event.replyTo
    ? await parts.stores.messages.byExternalId(conversation.id, event.replyTo.messageId)
    : null;
  await learn(parts, conversation, event);
  await appendIncoming(
    parts,
    conversation,
    contact,
    draftOf(conversation, {
      direction: 'in',
      text,
      marks,
      parts: await keepFiles(parts, event, known.record.id, conversation.id),
      author: customer(conversation),
      at: earlier(event.at, parts.clock.now()),
      key: `in:${event.messageId}`,
      clientId: event.messageId,
      externalIds: [event.messageId],
      albumId: event.albumId ?? null,
      forwardedFrom: event.forwardedFrom ?? null,
      replyTo: event.replyTo
        ? {
            messageId: original?.id ?? null,
            seq: original?.seq ?? null,
            text: (event.replyTo.quote ?? original?.text ?? '').slice(0, 300),
            author: original?.author.name ?? '',
          }
        : null,
    }),
  );
};

/** Ways to reach the person that the message itself brought: a shared contact card of their own, a typed e-mail. */
async function learn(
  parts: ApplyParts,
  conversation: Conversation,
  event: MessageEvent,
): Promise<void> {
  const own = event.parts.flatMap((part) => (part.kind === 'contact' && part.own ? [part] : []));
  const phones = [
    ...(event.from.phone ? [event.from.phone] : []),
    ...own.flatMap((part) => part.phones),
  ];
  const emails = event.from.email ? [event.from.email.toLowerCase()] : [];
  if (phones.length + emails.length === 0) return;
  const changed = await parts.stores.contacts.addWays(conversation.contactId, phones, emails);
  if (changed) parts.bus.publish({ type: 'contact.changed', contactId: changed.id });
}

/** A customer pressed a button of ours: its label is what they say. */
export const onButton: Apply<ButtonEvent> = async (parts, event, known) => {
  if (event.ack) parts.acknowledge(known.record.id, event.ack);
  const meaning = await parts.stores.buttonTokens.get(event.token);
  const said = meaning && { text: meaning.label, value: meaning.value };
  const { conversation, contact } = await talkFor(parts, event, known, said);
  const ours = meaning?.conversationId === conversation.id ? meaning : null;
  const original = ours ? await parts.stores.messages.get(ours.messageId) : null;
  await appendIncoming(
    parts,
    conversation,
    contact,
    draftOf(conversation, {
      direction: 'in',
      text: ours ? ours.label : '(pressed a button that is no longer known)',
      author: customer(conversation),
      at: earlier(event.at, parts.clock.now()),
      key: `in:button:${event.id}`,
      clientId: event.clientId ?? null,
      replyTo: original
        ? {
            messageId: original.id,
            seq: original.seq,
            text: original.text.slice(0, 300),
            author: original.author.name,
          }
        : null,
    }),
    ours?.value ?? null,
  );
};
