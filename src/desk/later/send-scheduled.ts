import { messageOf, Refusal } from '../../base/errors.ts';
import type { ScheduledSend } from '../../domain/conversations/scheduled.ts';
import type { Desk } from '../desk.ts';
import { principalOf } from '../people/identify.ts';
import { reply } from '../talks/reply.ts';

/** How long a process that died while sending keeps the others from it. */
const LEASE_MS = 60_000;
const MOST_AT_ONCE = 200;

/**
 * Sends the answers that are due, as their writers, with the rights they have now. The message has a key of its own:
 * after a crash in between, sending it again is the same message. What is refused is kept, and its writer told.
 */
export async function sendScheduled(desk: Desk): Promise<void> {
  for (let count = 0; count < MOST_AT_ONCE; count++) {
    const now = desk.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const item = await desk.stores.scheduled.leaseDue(now, until);
    if (!item) return;
    try {
      await send(desk, item);
      await desk.stores.scheduled.settle(item.id, 'sent', '');
    } catch (error) {
      if (!(error instanceof Refusal)) {
        // The lease runs out and it is tried again.
        desk.log.error(
          { scheduledId: item.id, error: messageOf(error) },
          'a scheduled answer waits for the next try',
        );
        continue;
      }
      await desk.stores.scheduled.settle(item.id, 'failed', error.message);
      desk.bus.publish({
        type: 'alert',
        audience: { userIds: [item.authorId] },
        tone: 'bad',
        title: 'A scheduled answer was not sent',
        text: error.message,
        conversationId: item.conversationId,
      });
    }
  }
}

async function send(desk: Desk, item: ScheduledSend): Promise<void> {
  const user = await desk.stores.users.get(item.authorId);
  if (!user?.active) throw new Refusal('forbidden', 'Its writer does not work here any more.');
  const who = await principalOf(desk, user);
  await reply(desk, who, item.conversationId, {
    ...item.body,
    clientId: `later:${item.id}`,
    force: true,
  });
}
