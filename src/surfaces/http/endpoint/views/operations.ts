import { z } from 'zod';
import type * as Wire from '../../../../contract/wire.ts';
import { at, author, id } from './common.ts';
import { deliveryState } from './talks.ts';

const quarantined = z.object({
  id,
  channelId: id.nullable(),
  channelType: z.string(),
  reason: z.string(),
  at,
  state: z.enum(['held', 'replayed', 'dismissed']),
  raw: z.string(),
  size: z.number(),
}) satisfies z.ZodType<Wire.QuarantineView>;

/** Views of deliveries, quarantine, webhooks and the audit log. */
export const operationViews = {
  DeliveryView: z.object({
    id,
    conversationId: id,
    channelId: id,
    contactName: z.string(),
    text: z.string(),
    state: deliveryState,
    detail: z.string(),
    attempts: z.number(),
    nextAt: at.nullable(),
    at,
    log: z.array(z.object({ at, status: z.string(), detail: z.string() })),
  }) satisfies z.ZodType<Wire.DeliveryView>,
  QuarantineView: quarantined,
  ReplayedView: quarantined.extend({
    accepted: z.number(),
    duplicates: z.number(),
  }) satisfies z.ZodType<Wire.ReplayedView>,
  WebhookView: z.object({
    id,
    url: z.string(),
    events: z.array(z.string()),
    active: z.boolean(),
    createdAt: at,
    secret: z.string().optional(),
    lastStatus: z.string().nullable(),
  }) satisfies z.ZodType<Wire.WebhookView>,
  WebhookDeliveryView: z.object({
    id,
    event: z.string(),
    state: z.enum(['queued', 'sent', 'failed']),
    attempts: z.number(),
    status: z.number().nullable(),
    detail: z.string(),
    at,
    nextAt: at.nullable(),
  }) satisfies z.ZodType<Wire.WebhookDeliveryView>,
  AuditView: z.object({
    id,
    at,
    who: author,
    act: z.string(),
    detail: z.string(),
    address: z.string().nullable(),
  }) satisfies z.ZodType<Wire.AuditView>,
};
