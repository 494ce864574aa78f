import type { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { WebhookView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { webhookView } from '../views/webhook.ts';
import { findWebhook } from './list-webhooks.ts';
import type { webhookChange } from './webhook-fields.ts';

/** Changes where, of what, and whether an address hears. */
export async function changeWebhook(
  desk: Desk,
  who: Principal,
  id: string,
  { url, events, active }: z.output<typeof webhookChange>,
): Promise<WebhookView> {
  permit(who, 'webhook.change', 'change webhooks');
  const known = await findWebhook(desk, id);
  const change = {
    // What happened while nobody wanted to hear is not told.
    ...(active && !known.active && { since: desk.clock.now() }),
    ...(url && { url }),
    ...(events && { events }),
    ...(active !== undefined && { active }),
  };
  const target = await desk.stores.webhooks.change(id, change);
  if (!target) throw new Refusal('not_found', 'There is no such webhook.');
  desk.bus.publish({ type: 'webhooks.changed' });
  const fields = Object.keys(change).filter((name) => name !== 'since');
  await recordAudit(
    desk,
    who,
    'webhook.change',
    `Changed ${fields.join(', ') || 'nothing'} of the webhook to ${new URL(target.url).host}.`,
  );
  return webhookView(target);
}

/** Removes an address with its calls. */
export async function removeWebhook(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'webhook.change', 'remove webhooks');
  const target = await findWebhook(desk, id);
  await desk.stores.webhooks.remove(id);
  desk.bus.publish({ type: 'webhooks.changed' });
  await recordAudit(
    desk,
    who,
    'webhook.remove',
    `Removed the webhook to ${new URL(target.url).host}.`,
  );
}
