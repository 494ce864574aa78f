import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk } from './access.ts';
import { ownTalk } from './own-talk.ts';

/** Gives a talk to a colleague, whoever had it. */
export async function assignTalk(
  desk: Desk,
  who: Principal,
  id: string,
  userId: string,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.assign', 'give this talk away');
  if (conversation.session.state === 'closed')
    throw new Refusal('talk_closed', 'This talk is closed.');
  const to = await desk.stores.users.get(userId);
  if (!to?.active)
    throw new Refusal('rule_broken', 'There is no such person, or their account is switched off.', {
      field: 'userId',
    });
  if (conversation.session.ownerId === to.id) return conversationView(desk, conversation);
  const given = await ownTalk(
    desk,
    who,
    conversation,
    to,
    `${who.user.name} gave it to ${to.name}.`,
  );
  return conversationView(desk, given);
}
