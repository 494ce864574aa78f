import { Refusal } from '../../base/errors.ts';
import { newUuid } from '../../base/ids.ts';
import type { BuiltInRole } from '../../contract/rights.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { writeDown } from '../../domain/conversations/record-event.ts';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk } from './access.ts';
import { backInQueue } from './back-in-queue.ts';
import { note } from './note.ts';
import { ownTalk } from './own-talk.ts';

/**
 * Where a talk goes: to one person, into another line's queue, or to whoever of a role is free and least busy; while
 * nobody of the role is, it waits for the first who becomes free.
 */
export type TransferTarget = { userId: string } | { lineId: string } | { role: string };

/** Gives a talk to a person, a line or a role, with a note for them. Refused when nobody else has the role. */
export async function transferTalk(
  desk: Desk,
  who: Principal,
  id: string,
  target: TransferTarget,
  text: string | null = null,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.assign', 'transfer this talk');
  if (conversation.session.state === 'closed')
    throw new Refusal('talk_closed', 'This talk is closed.');
  const move = await moverTo(desk, who, conversation, target);
  // The note first: whoever gets the talk finds it there.
  if (text) await note(desk, who, id, { text, clientId: newUuid() });
  return conversationView(desk, await move());
}

/** Checks everything that can be refused; what it answers then does it. */
async function moverTo(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  target: TransferTarget,
): Promise<() => Promise<Conversation>> {
  if ('lineId' in target) return toLine(desk, who, conversation, target.lineId);
  if ('role' in target) return toRole(desk, who, conversation, target.role);
  return toPerson(desk, who, conversation, await personOf(desk, target.userId));
}

function toPerson(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  to: User,
  more: Parameters<typeof ownTalk>[5] = {},
): () => Promise<Conversation> {
  if (to.id === conversation.session.ownerId)
    throw new Refusal('rule_broken', `${to.name} has this talk already.`, { field: 'userId' });
  const why = `${who.user.name} transferred it to ${to.name}.`;
  return () => ownTalk(desk, who, conversation, to, why, more);
}

async function personOf(desk: Desk, userId: string): Promise<User> {
  const user = await desk.stores.users.get(userId);
  if (user?.active) return user;
  throw new Refusal('rule_broken', 'There is no such person, or their account is switched off.', {
    field: 'userId',
  });
}

async function toRole(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  role: string,
): Promise<() => Promise<Conversation>> {
  const { lineId, session } = conversation;
  const people = (await desk.stores.users.ofRole(role)).filter(({ id }) => id !== session.ownerId);
  if (people.length === 0)
    throw new Refusal('rule_broken', `Nobody else has the role "${role}".`, { field: 'role' });
  const best = await desk.router.best(
    lineId,
    people.map(({ id }) => id),
  );
  const free = people.find(({ id }) => id === best.operatorId);
  const name = await roleName(desk, role);
  if (free)
    return toPerson(desk, who, conversation, free, { limit: 'kept', role: { id: role, name } });
  return intoQueue(desk, who, conversation, {
    lineId,
    role: { id: role, name },
    why: `${who.user.name} transferred it to the role ${name}. ${best.why}`,
    text: `${who.user.name} transferred the talk to whoever of the role ${name} is free first.`,
  });
}

const roleName = async (desk: Desk, role: string): Promise<string> =>
  (Object.hasOwn(BUILT_IN_ROLES, role)
    ? BUILT_IN_ROLES[role as BuiltInRole].name
    : (await desk.stores.roles.get(role))?.name) ?? role;

async function toLine(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  lineId: string,
): Promise<() => Promise<Conversation>> {
  const line = await desk.stores.lines.get(lineId);
  if (!line || line.archivedAt)
    throw new Refusal('rule_broken', 'There is no such line.', { field: 'lineId' });
  if (line.id === conversation.lineId)
    throw new Refusal('rule_broken', `The talk is on ${line.name} already.`, { field: 'lineId' });
  return intoQueue(desk, who, conversation, {
    lineId,
    why: `${who.user.name} transferred it to ${line.name}.`,
    text: `${who.user.name} transferred the talk to ${line.name}.`,
  });
}

/** Puts it into the queue of a line, or of a role's people, where whoever sends it is not asked first. */
function intoQueue(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  to: { lineId: string; role?: { id: string; name: string }; why: string; text: string },
): () => Promise<Conversation> {
  const { id: sessionId, ownerId } = conversation.session;
  const { text, ...queue } = to;
  return async () => {
    const { lineId, why } = to;
    const change = backInQueue(desk, who, conversation, { kind: 'transferred', text, why, lineId });
    const moved = await desk.stores.queue.move(
      conversation.id,
      { sessionId, ownerId },
      { ...queue, at: desk.clock.now(), tried: [who.user.id] },
      change,
    );
    if (!moved) throw new Refusal('conflict', 'This talk changed meanwhile.');
    return writeDown(desk, moved, change);
  };
}
