import type { MessageView } from '../../contract/wire.ts';
import type { ScheduledSend } from '../../domain/conversations/scheduled.ts';

/** An answer for later in the shape of a message; `seq` is 0: it has no place in the talk before it is sent. */
export function scheduledView(
  item: ScheduledSend,
  authorName: string,
  sessionId: string,
): MessageView {
  const text = item.body.text ?? '';
  return {
    id: item.id,
    conversationId: item.conversationId,
    sessionId,
    seq: 0,
    direction: 'out',
    text,
    parts: text === '' ? [] : [{ kind: 'text', text }],
    author: { kind: 'user', id: item.authorId, name: authorName },
    at: item.createdAt.toISOString(),
    clientId: item.clientId,
    replyTo: null,
    albumId: null,
    edits: [],
    removedAt: null,
    reactions: [],
    delivery: {
      state: item.state,
      ...(item.detail !== '' && { detail: item.detail }),
      attempts: 0,
      ...(item.state === 'queued' && { nextAt: item.sendAt.toISOString() }),
    },
    sendAt: item.sendAt.toISOString(),
  };
}
