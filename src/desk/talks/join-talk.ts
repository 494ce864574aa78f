import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Unwritten } from '../../domain/conversations/change.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf, visibleTalk } from './access.ts';

/** Follows a colleague's talk unseen: no event in the talk, but an entry in its timeline. */
export async function joinTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.intercept', 'join this talk');
  const { session } = conversation;
  if (session.state === 'closed') throw new Refusal('talk_closed', 'This talk is closed.');
  const change = comingAndGoing(desk, who, conversation, {
    text: `${who.user.name} joined silently.`,
    guests: session.guests,
    watchers: [...session.watchers, who.user.id],
  });
  const { conversations } = desk.stores;
  const joined = await conversations.join(id, session.id, who.user.id, 'watchers', change);
  return conversationView(desk, joined ? await writeDown(desk, joined, change) : conversation);
}

/** Ends having joined, or having been invited. */
export async function leaveTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  const conversation = await visibleTalk(desk, who, id);
  const { session } = conversation;
  const others = (ids: readonly string[]): string[] => ids.filter((one) => one !== who.user.id);
  const change = comingAndGoing(desk, who, conversation, {
    text: `${who.user.name} left.`,
    guests: others(session.guests),
    watchers: others(session.watchers),
  });
  const left = await desk.stores.conversations.leave(id, session.id, who.user.id, change);
  return conversationView(desk, left ? await writeDown(desk, left, change) : conversation);
}

function comingAndGoing(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  { text, ...after }: { text: string; guests: string[]; watchers: string[] },
): Unwritten {
  const { guests, watchers } = conversation.session;
  return changeOf(desk, conversation, {
    kind: 'joined',
    text,
    by: actorOf(who),
    before: { guests, watchers },
    after,
    silent: true,
    tells: { type: 'conversation.changed' },
  });
}
