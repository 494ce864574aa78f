import type { WebhookDeliveryView, WebhookView } from '../../contract/wire.ts';
import type { WebhookCall, WebhookTarget } from '../../domain/integration/records.ts';

/** An address outside as administrators see it, without its secret. */
export function webhookView({ secret: _, createdAt, ...target }: WebhookTarget): WebhookView {
  return { ...target, createdAt: createdAt.toISOString() };
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
