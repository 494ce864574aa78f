import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Unwritten } from '../../domain/conversations/change.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { maySkip, visibleTalk } from './access.ts';
import { backInQueue } from './back-in-queue.ts';

/** Says no to a talk that is offered to one, waits, or is one's own: the queue gives it to the next. `why`: for people. */
export async function skipTalk(
  desk: Desk,
  who: Principal,
  id: string,
  why: string | null = null,
): Promise<ConversationView> {
  permit(who, 'talk.take', 'skip talks');
  const conversation = await visibleTalk(desk, who, id);
  const { state, ownerId } = conversation.session;
  if (state === 'closed') throw new Refusal('talk_closed', 'This talk is closed.');
  if (!maySkip(who, conversation)) {
    const owner = ownerId ? await desk.directory.user(ownerId) : null;
    throw new Refusal(
      'forbidden',
      `You may not skip this talk: ${owner?.name ?? 'somebody'} has it.`,
    );
  }
  const change = backInQueue(desk, who, conversation, {
    kind: 'skipped',
    text: `${who.user.name} skipped the talk.`,
    why: why ?? 'Skipped.',
  });
  const shown = why ?? `${who.user.name} skipped it.`;
  const skipped = await given(desk, who, conversation, shown, change);
  if (!skipped) throw new Refusal('conflict', 'This talk changed meanwhile.');
  return conversationView(desk, await writeDown(desk, skipped, change));
}

const given = (
  desk: Desk,
  who: Principal,
  { id, session }: Conversation,
  why: string,
  change: Unwritten,
): Promise<Conversation | null> =>
  session.ownerId === null
    ? desk.stores.queue.decline(id, { sessionId: session.id }, who.user.id, change)
    : desk.stores.conversations.release(
        id,
        { sessionId: session.id, ownerId: session.ownerId },
        desk.clock.now(),
        why,
        change,
      );
