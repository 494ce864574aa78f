import type { EchoEvent } from '../../../contract/inbound.ts';
import { draftOf } from '../../../domain/conversations/record-event.ts';
import { lastMessageOf } from '../../../domain/conversations/summary.ts';
import { keepFiles } from './incoming.ts';
import type { Apply } from './parts.ts';
import { earlier, textOf } from './words.ts';

/** The business wrote from outside of Openline; what we sent ourselves and hear again is known already. */
export const onEcho: Apply<EchoEvent> = async (parts, event, known) => {
  const conversation = await parts.stores.conversations.byChat(known.record.id, event.chat.id);
  if (!conversation || (await parts.stores.messages.byExternalId(conversation.id, event.messageId)))
    return;
  const { text, marks } = textOf(event.parts);
  const at = earlier(event.at, parts.clock.now());
  const { message, fresh } = await parts.stores.messages.append(
    draftOf(conversation, {
      direction: 'out',
      text,
      marks,
      parts: await keepFiles(parts, event, known.record.id, conversation.id),
      author: { kind: 'external', id: null, name: event.author ?? known.record.name },
      at,
      key: `in:${event.messageId}`,
      externalIds: [event.messageId],
      delivery: {
        state: 'sent',
        nextAt: at,
        attempts: 0,
        stepsDone: 1,
        leaseBy: null,
        leaseUntil: null,
        detail: 'Written outside of Openline.',
        reason: null,
        sentAt: at,
        deliveredAt: null,
        readAt: null,
        log: [],
      },
    }),
    conversation.seq,
  );
  const after = await parts.stores.conversations.bump(conversation.id, {
    seq: message.seq,
    lastMessage: lastMessageOf(message),
    unread: 'clear',
  });
  if (fresh)
    parts.bus.publish({ type: 'message.appended', message, conversation: after ?? conversation });
};
