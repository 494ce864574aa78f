import { z } from 'zod';
import { changeWebhook, removeWebhook } from '../../../desk/webhooks/change-webhook.ts';
import { createWebhook } from '../../../desk/webhooks/create-webhook.ts';
import {
  listWebhookCalls,
  listWebhooks,
  readWebhook,
} from '../../../desk/webhooks/list-webhooks.ts';
import { pingWebhook, replayCall } from '../../../desk/webhooks/replay-call.ts';
import { newWebhook, webhookChange } from '../../../desk/webhooks/webhook-fields.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageOf, pageOfAll, pageQuery, wholeQuery } from '../endpoint/query.ts';

/** Addresses outside that hear what happens here. */
export const webhookRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Lists the addresses that hear what happens here',
    query: wholeQuery,
    answer: '[WebhookView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listWebhooks(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Adds an address; its signing secret is shown only now',
    description:
      'Calls follow Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`): `{type, timestamp, data}`. Any 2xx within 15 seconds takes a call; else it is tried again for three days. 410 switches the address off.',
    body: newWebhook,
    status: 201,
    answer: 'WebhookView',
    handle: ({ desk, who, body }) => createWebhook(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/webhooks/:id',
    tag: 'webhooks',
    summary: 'Shows one address',
    params: idParams,
    answer: 'WebhookView',
    handle: ({ desk, who, params }) => readWebhook(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/webhooks/:id',
    tag: 'webhooks',
    summary: 'Changes an address, its events, or switches it on or off',
    params: idParams,
    body: webhookChange,
    answer: 'WebhookView',
    handle: ({ desk, who, params, body }) => changeWebhook(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/webhooks/:id',
    tag: 'webhooks',
    summary: 'Removes an address with its calls',
    params: idParams,
    handle: ({ desk, who, params }) => removeWebhook(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/webhooks/:id/ping',
    tag: 'webhooks',
    summary: 'Sends a ping to try the address',
    params: idParams,
    handle: ({ desk, who, params }) => pingWebhook(desk, who, params.id),
  });
  api.add({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    tag: 'webhooks',
    summary: 'Lists the calls made to an address, newest first',
    params: idParams,
    query: pageQuery,
    answer: '[WebhookDeliveryView]',
    handle: ({ desk, who, params, query }) => listWebhookCalls(desk, who, params.id, pageOf(query)),
  });
  api.add({
    method: 'POST',
    path: '/webhooks/:id/deliveries/:callId/replay',
    tag: 'webhooks',
    summary: 'Makes a call again',
    params: z.strictObject({ id: idText, callId: idText }),
    handle: ({ desk, who, params }) => replayCall(desk, who, params.id, params.callId),
  });
};
