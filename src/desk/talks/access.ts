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
  if (reach === 'all' || who.lineIds.includes(conversation.lineId)) return true;
  const { ownerId, guests, watchers, offer } = conversation.session;
  return [ownerId, offer?.operatorId, ...guests, ...watchers].includes(who.user.id);
}

/**
 * Whether a person may act on it: their own talks, and those of their lines that nobody has or that are closed; with
 * `all`, any. Whom a talk is offered to may act as if it were of their lines; a guest may answer.
 */
export function mayAct(who: Principal, right: Right, conversation: Conversation): boolean {
  const { ownerId, state, guests, offer } = conversation.session;
  const theirLine = who.lineIds.includes(conversation.lineId) || offer?.operatorId === who.user.id;
  const nobodys = (ownerId === null || state === 'closed') && theirLine;
  const guest = right === 'talk.reply' && guests.includes(who.user.id);
  return may(who, right, { ownerIds: nobodys || guest ? [who.user.id] : [ownerId] });
}

/** Whether it is theirs to say no to: they have it, or it waits and could become theirs. */
export function maySkip(who: Principal, conversation: Conversation): boolean {
  const { ownerId } = conversation.session;
  return ownerId === null ? mayAct(who, 'talk.take', conversation) : ownerId === who.user.id;
}

/** The talk, or `not_found` for one that is not there or not theirs to see. */
export async function visibleTalk(
  desk: Pick<Desk, 'stores'>,
  who: Principal,
  id: string,
): Promise<Conversation> {
  const conversation = await desk.stores.conversations.get(id);
  if (!conversation || !canSee(who, conversation)) {
    throw new Refusal('not_found', 'There is no such talk, or it is not yours to see.');
  }
  return conversation;
}

/** The talk, for reading: also one that was merged into a talk they see. */
export async function readableTalk(
  desk: Pick<Desk, 'stores'>,
  who: Principal,
  id: string,
): Promise<Conversation> {
  const conversation = await desk.stores.conversations.get(id);
  const into = conversation?.merged?.into;
  if (!conversation || into === undefined || canSee(who, conversation))
    return visibleTalk(desk, who, id);
  await visibleTalk(desk, who, into);
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
