import type { MessageView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { visibleTalk } from '../talks/access.ts';
import { scheduledView } from './scheduled-view.ts';

/** Answers of a talk that are still to be sent, and those that could not be; soonest first. */
export async function listScheduled(
  desk: Desk,
  who: Principal,
  conversationId: string,
): Promise<MessageView[]> {
  const conversation = await visibleTalk(desk, who, conversationId);
  const items = await desk.stores.scheduled.ofConversation(conversationId);
  return Promise.all(
    items.map(async (item) => {
      const author = await desk.directory.user(item.authorId);
      return scheduledView(item, author?.name ?? 'Somebody', conversation.session.id);
    }),
  );
}
