import { Refusal } from '../../base/errors.ts';
import type { ConversationView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { conversationView } from '../views/conversation.ts';
import { visibleTalk } from './access.ts';

/** Keeps a talk at the top of one's own lists, or no longer. Nobody else's lists change: there is nothing to record. */
export async function pinTalk(
  desk: Desk,
  who: Principal,
  id: string,
  on: boolean,
): Promise<ConversationView> {
  await visibleTalk(desk, who, id);
  const pinned = await desk.stores.conversations.pin(id, who.user.id, on);
  if (!pinned) throw new Refusal('not_found', 'There is no such talk.');
  desk.bus.publish({ type: 'conversation.changed', conversation: pinned });
  return conversationView(desk, pinned);
}
