import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf, visibleTalk } from './access.ts';

/** Follows a colleague's talk unseen: no event in the talk, but an entry in its timeline. */
export async function joinTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.intercept', 'join this talk');
  if (conversation.session.state === 'closed')
    throw new Refusal('talk_closed', 'This talk is closed.');
  const { id: sessionId } = conversation.session;
  const joined = await desk.stores.conversations.join(id, sessionId, who.user.id, 'watchers');
  return changed(desk, who, conversation, joined, `${who.user.name} joined silently.`);
}

/** Ends having joined, or having been invited. */
export async function leaveTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  const conversation = await visibleTalk(desk, who, id);
  const { id: sessionId } = conversation.session;
  const left = await desk.stores.conversations.leave(id, sessionId, who.user.id);
  return changed(desk, who, conversation, left, `${who.user.name} left.`);
}

async function changed(
  desk: Desk,
  who: Principal,
  before: Conversation,
  after: Conversation | null,
  what: string,
): Promise<ConversationView> {
  if (!after) return conversationView(desk, before);
  await desk.stores.timeline.record({
    at: desk.clock.now(),
    subject: { kind: 'session', id: after.session.id },
    who: actorOf(who),
    what,
    before: { guests: before.session.guests, watchers: before.session.watchers },
    after: { guests: after.session.guests, watchers: after.session.watchers },
    why: null,
  });
  desk.bus.publish({ type: 'conversation.changed', conversation: after });
  return conversationView(desk, after);
}
