import { Refusal } from '../../base/errors.ts';
import type { MessageView, SendBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actableTalk } from '../talks/access.ts';
import { compose } from '../talks/compose.ts';
import { scheduledView } from './scheduled-view.ts';

const YEAR_MS = 366 * 86_400_000;

/**
 * Keeps an answer that is sent at `sendAt` in the writer's name, with the rights they have then. Until then no customer,
 * and no other part of the product, sees it. The same `clientId` again is the same one.
 */
export async function scheduleReply(
  desk: Desk,
  who: Principal,
  id: string,
  body: SendBody,
): Promise<MessageView> {
  const conversation = await actableTalk(desk, who, id, 'talk.reply', 'answer here');
  const { clientId, sendAt: given, ...rest } = body;
  const now = desk.clock.now();
  if (rest.note)
    throw new Refusal('rule_broken', 'A note can not be sent later: it is not sent at all.', {
      field: 'sendAt',
    });
  const sendAt = timeToCome(given, now);
  // Whatever would be refused then is refused now, while its writer is here.
  await compose(desk, who, conversation, body);
  const { item } = await desk.stores.scheduled.create({
    conversationId: id,
    authorId: who.user.id,
    clientId,
    body: rest,
    sendAt,
    createdAt: now,
  });
  return scheduledView(item, who.user.name, conversation.session.id);
}

/** The instant at which something is to be sent: within a year. */
export function timeToCome(given: string | undefined, now: Date): Date {
  const sendAt = new Date(given ?? Number.NaN);
  if (Number.isNaN(sendAt.getTime()))
    throw new Refusal('malformed', 'sendAt: give an instant as 2026-11-02T10:00:00Z.', {
      field: 'sendAt',
    });
  if (sendAt <= now)
    throw new Refusal('rule_broken', 'sendAt: this time is over. Send it now, or later.', {
      field: 'sendAt',
    });
  if (sendAt.getTime() - now.getTime() > YEAR_MS)
    throw new Refusal('rule_broken', 'sendAt: give a time within a year.', { field: 'sendAt' });
  return sendAt;
}
