import { SYSTEM } from '../events/events.ts';
import type { Stores } from '../stores.ts';
import type { Conversation } from './conversation.ts';
import type { Recording } from './record-event.ts';
import { changeOf, writeDown } from './record-event.ts';

/** Ends a session without a person; nothing when it is closed already. Answers the conversation as it stands after. */
export async function closeByItself(
  recording: Recording & { stores: Pick<Stores, 'sessions'> },
  conversation: Conversation,
  outcome: string | null,
  text: string,
): Promise<Conversation> {
  const { stores, clock } = recording;
  const before = conversation.session.ownerId;
  const change = changeOf(recording, conversation, {
    kind: 'closed',
    text,
    by: SYSTEM,
    before: { state: conversation.session.state, ownerId: before },
    after: { state: 'closed', outcome },
    tells: { type: 'session.closed', before },
  });
  const closed = await stores.conversations.close(
    conversation.id,
    { sessionId: conversation.session.id },
    clock.now(),
    null,
    outcome,
    change,
  );
  if (!closed) return conversation;
  await stores.sessions.archive(closed);
  return writeDown(recording, closed, change);
}
