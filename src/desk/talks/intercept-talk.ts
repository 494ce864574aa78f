import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { actableTalk } from './access.ts';
import { ownTalk } from './own-talk.ts';

/** Takes a talk from whoever has it. For those who look after others: the right `talk.intercept`. */
export async function interceptTalk(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConversationView> {
  const conversation = await actableTalk(desk, who, id, 'talk.intercept', 'intercept this talk');
  const { state, ownerId } = conversation.session;
  if (state === 'closed') throw new Refusal('talk_closed', 'This talk is closed.');
  if (ownerId === who.user.id) return conversationView(desk, conversation);
  const why = `${who.user.name} intercepted it.`;
  const taken = await ownTalk(desk, who, conversation, who.user, why);
  if (ownerId)
    desk.bus.publish({
      type: 'alert',
      audience: { userIds: [ownerId] },
      tone: 'warn',
      title: `${who.user.name} took over`,
      text: `The talk with ${conversation.contactName} is not yours any more.`,
      conversationId: id,
    });
  return conversationView(desk, taken);
}
