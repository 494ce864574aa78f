import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { visibleTalk } from './access.ts';
import { ownTalk } from './own-talk.ts';

/**
 * Makes the person the owner of a waiting talk, if they have a place for it. Taking one's own is harmless; another's is
 * refused, with who has it.
 */
export async function takeTalk(desk: Desk, who: Principal, id: string): Promise<ConversationView> {
  permit(who, 'talk.take', 'take talks');
  const conversation = await visibleTalk(desk, who, id);
  const { session } = conversation;
  if (session.ownerId === who.user.id) return conversationView(desk, conversation);
  if (session.state === 'closed') throw new Refusal('talk_closed', 'This talk is closed.');
  if (session.ownerId) {
    const owner = await desk.directory.user(session.ownerId);
    throw new Refusal('already_taken', `${owner?.name ?? 'A colleague'} has this talk already.`, {
      facts: { ownerId: session.ownerId },
    });
  }
  const why = `${who.user.name} took it.`;
  const taken = await ownTalk(desk, who, conversation, who.user, why, { limit: 'kept' });
  return conversationView(desk, taken);
}
