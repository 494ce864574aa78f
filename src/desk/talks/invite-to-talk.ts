import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { changeOf, writeDown } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk, actorOf } from './access.ts';

/** Lets a colleague see the whole talk and answer in it, while it stays with its owner. Twice is once. */
export async function inviteToTalk(
  desk: Desk,
  who: Principal,
  id: string,
  userId: string,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.reply', 'invite to this talk');
  if (conversation.session.state === 'closed')
    throw new Refusal('talk_closed', 'This talk is closed.');
  const guest = await desk.stores.users.get(userId);
  if (!guest?.active)
    throw new Refusal('rule_broken', 'There is no such person, or their account is switched off.', {
      field: 'userId',
    });
  if (guest.id === conversation.session.ownerId)
    throw new Refusal('rule_broken', `${guest.name} has this talk.`, { field: 'userId' });
  const after = await letIn(desk, who, conversation, guest);
  if (after)
    desk.bus.publish({
      type: 'alert',
      audience: { userIds: [guest.id] },
      tone: 'plain',
      title: `${who.user.name} invites you`,
      text: `To the talk with ${conversation.contactName}.`,
      conversationId: id,
    });
  return conversationView(desk, after ?? conversation);
}

/** Makes a colleague a guest of an open session, written where the talk's history is read. Null: they were one. */
export async function letIn(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  guest: User,
): Promise<Conversation | null> {
  const { id, session } = conversation;
  const change = changeOf(desk, conversation, {
    kind: 'invited',
    text: `${who.user.name} invited ${guest.name}.`,
    by: actorOf(who),
    before: { guests: session.guests },
    after: { guests: [...session.guests, guest.id] },
  });
  const joined = await desk.stores.conversations.join(id, session.id, guest.id, 'guests', change);
  return joined && writeDown(desk, joined, change);
}
