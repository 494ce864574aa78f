import { messageOf } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { visibleTalk } from './access.ts';

/** How far back the customer's last message is looked for. */
const LOOK_BACK = 30;

/** Nothing is unread any more; the customer sees it where the channel can. Only the owner's reading counts, or anybody's while nobody has it. */
export async function markTalkRead(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<ConversationView> {
  const conversation = await visibleTalk(desk, who, id);
  const { ownerId } = conversation.session;
  if (conversation.unread === 0 || (ownerId !== null && ownerId !== who.user.id)) {
    return conversationView(desk, conversation);
  }
  const read = (await desk.stores.conversations.markRead(id)) ?? conversation;
  desk.bus.publish({ type: 'conversation.changed', conversation: read });
  tellProvider(desk, conversation).catch((error: unknown) =>
    desk.log.debug({ conversationId: id, error: messageOf(error) }, 'reading was not shown'),
  );
  return conversationView(desk, read);
}

async function tellProvider(desk: Desk, conversation: Conversation): Promise<void> {
  const session = desk.accounts.get(conversation.accountId)?.session;
  if (!session?.markRead) return;
  const latest = await desk.stores.messages.before(
    conversation.id,
    Number.POSITIVE_INFINITY,
    LOOK_BACK,
  );
  const externalId = latest.findLast((message) => message.direction === 'in')?.externalIds[0];
  if (externalId) await session.markRead(conversation.chat, externalId);
}
