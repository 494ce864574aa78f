import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
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
  const skipped = await given(desk, who, conversation, why ?? `${who.user.name} skipped it.`);
  if (!skipped) throw new Refusal('conflict', 'This talk changed meanwhile.');
  const after = await backInQueue(desk, who, {
    before: conversation,
    after: skipped,
    kind: 'skipped',
    text: `${who.user.name} skipped the talk.`,
    why: why ?? 'Skipped.',
  });
  return conversationView(desk, after);
}

const given = (
  desk: Desk,
  who: Principal,
  { id, session }: Conversation,
  why: string,
): Promise<Conversation | null> =>
  session.ownerId === null
    ? desk.stores.queue.decline(id, { sessionId: session.id }, who.user.id)
    : desk.stores.conversations.release(
        id,
        { sessionId: session.id, ownerId: session.ownerId },
        desk.clock.now(),
        why,
      );
