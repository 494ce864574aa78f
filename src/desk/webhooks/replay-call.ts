import { Refusal } from '../../base/errors.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { findWebhook } from './list-webhooks.ts';
import { outgoingBody } from './outgoing-events.ts';

/** Makes a call again that was taken or given up: same id, same body, new signature. */
export async function replayCall(
  desk: Desk,
  who: Principal,
  id: string,
  callId: string,
): Promise<void> {
  permit(who, 'webhook.change', 'repeat webhook calls');
  await findWebhook(desk, id);
  if (!(await desk.stores.webhooks.replay(callId, id, desk.clock.now())))
    throw new Refusal('conflict', 'There is no such call, or it is on its way.');
  desk.bus.publish({ type: 'webhooks.changed' });
}

/** Sends a `ping`, to see whether the address takes what we sign. */
export async function pingWebhook(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'webhook.change', 'try webhooks');
  await findWebhook(desk, id);
  const now = desk.clock.now();
  const body = outgoingBody('ping', now, {});
  await desk.stores.webhooks.enqueue([
    { targetId: id, event: 'ping', body, state: 'queued', createdAt: now, nextAt: now },
  ]);
  desk.bus.publish({ type: 'webhooks.changed' });
}
