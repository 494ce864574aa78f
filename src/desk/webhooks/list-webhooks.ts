import { Refusal } from '../../base/errors.ts';
import type { Page, WebhookDeliveryView, WebhookView } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { WebhookTarget } from '../../domain/integration/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { webhookCallView, webhookView } from '../views/webhook.ts';

/** The address with this id, or `not_found`. */
export async function findWebhook(desk: Pick<Desk, 'stores'>, id: string): Promise<WebhookTarget> {
  const target = await desk.stores.webhooks.get(id);
  if (!target) throw new Refusal('not_found', 'There is no such webhook.');
  return target;
}

/** All addresses. */
export async function listWebhooks(desk: Desk, who: Principal): Promise<WebhookView[]> {
  permit(who, 'webhook.change', 'see the webhooks');
  return (await desk.stores.webhooks.all()).map(webhookView);
}

/** One of them. */
export async function readWebhook(desk: Desk, who: Principal, id: string): Promise<WebhookView> {
  permit(who, 'webhook.change', 'see the webhooks');
  return webhookView(await findWebhook(desk, id));
}

/** The calls made to one, newest first. */
export async function listWebhookCalls(
  desk: Desk,
  who: Principal,
  id: string,
  page: PageRequest,
): Promise<Page<WebhookDeliveryView>> {
  permit(who, 'webhook.change', 'see the webhooks');
  await findWebhook(desk, id);
  const { items, nextCursor } = await desk.stores.webhooks.calls(id, page);
  return { items: items.map(webhookCallView), nextCursor };
}
