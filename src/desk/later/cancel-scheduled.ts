import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actableTalk, visibleTalk } from '../talks/access.ts';

/** Takes back an answer for later: its writer may, and whoever may answer in the talk. */
export async function cancelScheduled(desk: Desk, who: Principal, id: string): Promise<void> {
  const item = await desk.stores.scheduled.get(id);
  if (!item) throw new Refusal('not_found', 'There is no such scheduled answer.');
  if (item.authorId === who.user.id) await visibleTalk(desk, who, item.conversationId);
  else await actableTalk(desk, who, item.conversationId, 'talk.reply', 'cancel this answer');
  const canceled = await desk.stores.scheduled.cancel(id, desk.clock.now());
  if (!canceled) throw new Refusal('conflict', 'This answer is on its way already, or canceled.');
}
