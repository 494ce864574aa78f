import { Refusal } from '../../base/errors.ts';
import type { MessageView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actableTalk } from '../talks/access.ts';
import { compose } from '../talks/compose.ts';
import { timeToCome } from './schedule-reply.ts';
import { scheduledView } from './scheduled-view.ts';

/**
 * Changes the text or the time of one's own answer for later; one that failed is to be sent again then. Files and a
 * quotation stay as they were.
 */
export async function changeScheduled(
  desk: Desk,
  who: Principal,
  id: string,
  change: { text?: string; sendAt?: string },
): Promise<MessageView> {
  const item = await desk.stores.scheduled.get(id);
  if (!item) throw new Refusal('not_found', 'There is no such scheduled answer.');
  const conversation = await actableTalk(
    desk,
    who,
    item.conversationId,
    'talk.reply',
    'change this answer',
  );
  if (item.authorId !== who.user.id)
    throw new Refusal(
      'forbidden',
      'Only its writer may change an answer: it is sent in their name.',
    );
  const now = desk.clock.now();
  const sendAt = timeToCome(change.sendAt ?? item.sendAt.toISOString(), now);
  const { text = item.body.text } = change;
  const { marks: _, ...rest } = item.body;
  // Formatting belongs to the text that it was made for.
  const body =
    text === item.body.text ? item.body : { ...rest, ...(text === undefined ? {} : { text }) };
  await compose(desk, who, conversation, { ...body, clientId: item.clientId });
  const changed = await desk.stores.scheduled.change(id, now, { body, sendAt });
  if (!changed) throw new Refusal('conflict', 'This answer is on its way already, or canceled.');
  return scheduledView(changed, who.user.name, conversation.session.id);
}
