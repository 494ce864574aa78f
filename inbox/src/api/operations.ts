import type {
  AuditView,
  CommandAnswer,
  CommandView,
  DeliveryView,
  Page,
  QuarantineView,
  WebhookDeliveryView,
  WebhookView,
} from '../../../src/contract/wire.ts';
import { call } from './http.ts';

export const listDeliveries = (
  state: 'failed' | 'uncertain' | 'failed|uncertain',
  cursor: string | null,
) =>
  call<Page<DeliveryView>>('GET', '/deliveries', {
    query: { 'filter[state]': state, cursor, limit: 50 },
  });
export const resendDelivery = (id: string) => call<unknown>('POST', `/deliveries/${id}/resend`);
export const cancelDelivery = (id: string) => call<unknown>('POST', `/deliveries/${id}/cancel`);
export const listQuarantine = (cursor: string | null) =>
  call<Page<QuarantineView>>('GET', '/quarantine', {
    query: { 'filter[state]': 'held', cursor, limit: 50 },
  });
export const replayQuarantine = (id: string) => call<unknown>('POST', `/quarantine/${id}/replay`);
export const dismissQuarantine = (id: string) => call<unknown>('POST', `/quarantine/${id}/dismiss`);

export const listAudit = (cursor: string | null) =>
  call<Page<AuditView>>('GET', '/audit', { query: { cursor, limit: 50 } });

export const listWebhooks = () => call<Page<WebhookView>>('GET', '/webhooks');
export const createWebhook = (body: { url: string; events: string[] }) =>
  call<WebhookView>('POST', '/webhooks', { body });
export const changeWebhook = (id: string, body: { active?: boolean; url?: string }) =>
  call<WebhookView>('PATCH', `/webhooks/${id}`, { body });
export const removeWebhook = (id: string) => call<null>('DELETE', `/webhooks/${id}`);
export const pingWebhook = (id: string) => call<unknown>('POST', `/webhooks/${id}/ping`);
export const listWebhookCalls = (id: string) =>
  call<Page<WebhookDeliveryView>>('GET', `/webhooks/${id}/deliveries`, { query: { limit: 20 } });
export const replayWebhookCall = (id: string, callId: string) =>
  call<unknown>('POST', `/webhooks/${id}/deliveries/${callId}/replay`);

export const listCommands = () => call<Page<CommandView>>('GET', '/commands');
export const runCommand = (
  line: string,
  more: { conversationId?: string; clientId?: string; seenSeq?: number },
) => call<CommandAnswer>('POST', '/commands', { body: { text: line, ...more } });
