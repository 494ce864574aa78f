import type { WebhookDeliveryView, WebhookView } from '../../contract/wire.ts';
import type { WebhookCall, WebhookTarget } from '../../domain/integration/records.ts';

/** An address outside as administrators see it, without its secret. */
export function webhookView(target: WebhookTarget): WebhookView {
  const { id, url, events, active, createdAt, lastStatus } = target;
  return { id, url, events, active, createdAt: createdAt.toISOString(), lastStatus };
}

/** One call to it. */
export function webhookCallView(call: WebhookCall): WebhookDeliveryView {
  const { id, event, state, attempts, status, detail, createdAt, nextAt } = call;
  return {
    id,
    event,
    state,
    attempts,
    status,
    detail,
    at: createdAt.toISOString(),
    nextAt: state === 'queued' ? nextAt.toISOString() : null,
  };
}
