import { Refusal } from '../../base/errors.ts';
import type { Right } from '../../contract/rights.ts';
import type { Conversation, Visibility } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

/** Which talks a person sees: all, or those of their lines and their own. */
export function visibilityOf(who: Principal): Visibility {
  const reach = who.grants['talk.read'];
  if (!reach) throw new Refusal('forbidden', 'You may not read talks.');
  return reach === 'all' ? null : { lineIds: [...who.lineIds], ownerId: who.user.id };
}

/** Whether a person sees this talk. */
export function canSee(who: Principal, conversation: Conversation): boolean {
  const reach = who.grants['talk.read'];
  if (!reach) return false;
  return reach === 'all' || conversation.session.ownerId === who.user.id || who.lineIds.includes(conversation.lineId);
}

/** Whether a person may act on it: their own talks, and those of their lines that nobody has or that are closed; with `all`, any. */
export function mayAct(who: Principal, right: Right, conversation: Conversation): boolean {
  const { ownerId, state } = conversation.session;
  const nobodys = (ownerId === null || state === 'closed') && who.lineIds.includes(conversation.lineId);
  return may(who, right, { ownerIds: nobodys ? [who.user.id] : [ownerId] });
}

/** The talk, or `not_found` for one that is not there or not theirs to see. */
export async function visibleTalk(desk: Pick<Desk, 'stores'>, who: Principal, id: string): Promise<Conversation> {
  const conversation = await desk.stores.conversations.get(id);
  if (!conversation || !canSee(who, conversation)) {
    throw new Refusal('not_found', 'There is no such talk, or it is not yours to see.');
  }
  return conversation;
}

/** The talk, when the person may act on it; `doing` completes "You may not …". */
export async function actableTalk(
  desk: Pick<Desk, 'stores' | 'directory'>,
  who: Principal,
  id: string,
  right: Right,
  doing: string,
): Promise<Conversation> {
  const conversation = await visibleTalk(desk, who, id);
  if (mayAct(who, right, conversation)) return conversation;
  const { ownerId } = conversation.session;
  const owner = ownerId ? await desk.directory.user(ownerId) : null;
  throw new Refusal(
    'forbidden',
    owner ? `You may not ${doing}: ${owner.name} has this talk.` : `You may not ${doing}.`,
  );
}

/** A message in a talk that the person sees. */
export async function visibleMessage(
  desk: Pick<Desk, 'stores'>,
  who: Principal,
  messageId: string,
): Promise<{ message: Message; conversation: Conversation }> {
  const message = await desk.stores.messages.get(messageId);
  if (!message) throw new Refusal('not_found', 'There is no such message.');
  return { message, conversation: await visibleTalk(desk, who, message.conversationId) };
}

/** A person as the author of what they do. */
export function actorOf(who: Principal): { kind: 'user'; id: string; name: string } {
  return { kind: 'user', id: who.user.id, name: who.user.name };
}
