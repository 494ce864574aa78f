import { z } from 'zod';
import type { DeliveryState } from '../../../contract/wire.ts';
import { cancelDelivery } from '../../../desk/operations/cancel-delivery.ts';
import { dismissQuarantine } from '../../../desk/operations/dismiss-quarantine.ts';
import { listAudit } from '../../../desk/operations/list-audit.ts';
import { listDeliveries } from '../../../desk/operations/list-deliveries.ts';
import { listQuarantine, readQuarantine } from '../../../desk/operations/list-quarantine.ts';
import { replayQuarantine } from '../../../desk/operations/replay-quarantine.ts';
import { resendDelivery } from '../../../desk/operations/resend-delivery.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageFields, pageOf, pageQuery } from '../endpoint/query.ts';

const STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
  'canceled',
] as const satisfies readonly DeliveryState[];

const deliveryQuery = z.strictObject({
  ...pageFields,
  filter: z
    .strictObject({
      state: z
        .string()
        .transform((text) => text.split('|'))
        .pipe(z.array(z.enum(STATES, `Give one or more of ${STATES.join(', ')}, with | between.`)))
        .optional(),
      channel: idText.optional(),
    })
    .optional(),
});
const quarantineQuery = z.strictObject({
  ...pageFields,
  filter: z
    .strictObject({ state: z.enum(['held', 'replayed', 'dismissed']).optional() })
    .optional(),
});

/** What goes out, what could not come in, and who did what. */
export const operationRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/deliveries',
    tag: 'operations',
    summary:
      'Lists outgoing messages by how they stand; without a filter those that failed or are uncertain',
    description: '`filter[state]=failed|uncertain` takes several states.',
    query: deliveryQuery,
    answer: '[DeliveryView]',
    handle: ({ desk, who, query: { filter, ...page } }) =>
      listDeliveries(
        desk,
        who,
        {
          ...(filter?.state && { states: filter.state }),
          ...(filter?.channel && { channelId: filter.channel }),
        },
        pageOf(page),
      ),
  });
  api.add({
    method: 'POST',
    path: '/deliveries/:id/resend',
    tag: 'operations',
    summary: 'Sends again what failed or is uncertain',
    params: idParams,
    answer: 'DeliveryView',
    handle: ({ desk, who, params }) => resendDelivery(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/deliveries/:id/cancel',
    tag: 'operations',
    summary: 'Gives up a message that is not sent yet',
    params: idParams,
    answer: 'DeliveryView',
    handle: ({ desk, who, params }) => cancelDelivery(desk, who, params.id),
  });
  api.add({
    method: 'GET',
    path: '/quarantine',
    tag: 'operations',
    summary: 'Lists what came in and could not be used',
    query: quarantineQuery,
    answer: '[QuarantineView]',
    handle: ({ desk, who, query }) =>
      listQuarantine(desk, who, query.filter?.state ?? null, pageOf(query)),
  });
  api.add({
    method: 'GET',
    path: '/quarantine/:id',
    tag: 'operations',
    summary: 'Shows one item of the quarantine',
    params: idParams,
    answer: 'QuarantineView',
    handle: ({ desk, who, params }) => readQuarantine(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/quarantine/:id/replay',
    tag: 'operations',
    summary: 'Tries again what could not be used',
    params: idParams,
    answer: 'ReplayedView',
    handle: ({ desk, who, params }) => replayQuarantine(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/quarantine/:id/dismiss',
    tag: 'operations',
    summary: 'Marks an item of the quarantine as looked at',
    params: idParams,
    answer: 'QuarantineView',
    handle: ({ desk, who, params }) => dismissQuarantine(desk, who, params.id),
  });
  api.add({
    method: 'GET',
    path: '/audit',
    tag: 'operations',
    summary: 'Lists who did what, newest first',
    query: pageQuery,
    answer: '[AuditView]',
    handle: ({ desk, who, query }) => listAudit(desk, who, pageOf(query)),
  });
};
