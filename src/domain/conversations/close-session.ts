import { SYSTEM } from '../events/events.ts';
import type { Stores } from '../stores.ts';
import type { Conversation } from './conversation.ts';
import type { Recording } from './record-event.ts';
import { recordSessionChange } from './record-event.ts';

/** Ends a session without a person; nothing when it is closed already. Answers the conversation as it stands after. */
export async function closeByItself(
  recording: Recording & { stores: Pick<Stores, 'sessions'> },
  conversation: Conversation,
  outcome: string | null,
  text: string,
): Promise<Conversation> {
  const { stores, bus, clock } = recording;
  const before = conversation.session.ownerId;
  const closed = await stores.conversations.close(
    conversation.id,
    { sessionId: conversation.session.id },
    clock.now(),
    null,
    outcome,
  );
  if (!closed) return conversation;
  await stores.sessions.archive(closed);
  const { conversation: after } = await recordSessionChange(recording, closed, {
    kind: 'closed',
    text,
    by: SYSTEM,
    before: { state: conversation.session.state, ownerId: before },
    after: { state: 'closed', outcome },
  });
  bus.publish({ type: 'session.closed', conversation: after, before, by: SYSTEM });
  return after;
}
