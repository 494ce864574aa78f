import type { z } from 'zod';
import type { WebhookView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { webhookView } from '../views/webhook.ts';
import { newSecret } from './sign.ts';
import type { newWebhook } from './webhook-fields.ts';

/** Adds an address that hears what happens here. Its signing secret is in this answer and nowhere later. */
export async function createWebhook(
  desk: Desk,
  who: Principal,
  form: z.output<typeof newWebhook>,
): Promise<WebhookView> {
  permit(who, 'webhook.change', 'add webhooks');
  const secret = newSecret();
  const since = desk.clock.now();
  const sealed = desk.keys.seal(secret);
  const target = await desk.stores.webhooks.create({ ...form, since, secret: sealed });
  desk.bus.publish({ type: 'webhooks.changed' });
  await recordAudit(desk, who, 'webhook.create', `Added a webhook to ${new URL(form.url).host}.`);
  return { ...webhookView(target), secret };
}
