import { z } from 'zod';
import type * as Wire from '../../../../contract/wire.ts';
import { at, id } from './common.ts';

const interval = z.tuple([z.string(), z.string()]);
const status = z.enum(['connected', 'connecting', 'error', 'paused']);
const role = z.enum(['line', 'desk']);
const media = z.object({
  maxBytes: z.number(),
  types: z.array(z.string()).optional(),
  caption: z.number(),
});

/** What a channel can do. */
export const capabilities = z.object({
  text: z.object({
    max: z.number(),
    unit: z.enum(['utf16', 'characters', 'bytes']),
    formatting: z.boolean(),
  }),
  media: z.partialRecord(z.enum(['image', 'video', 'audio', 'voice', 'file']), media),
  album: z.object({ max: z.number() }).nullable(),
  card: z
    .object({ maxButtons: z.number(), maxLabel: z.number(), maxTokenBytes: z.number() })
    .nullable(),
  replyWindow: z.object({ hours: z.number(), after: z.literal('customer-message') }).nullable(),
  canInitiate: z.boolean(),
  reachableLater: z.boolean().optional(),
  idempotentSend: z.boolean(),
  receipts: z.array(z.enum(['delivered', 'read', 'failed'])),
  quotes: z.boolean(),
  reactions: z.union([z.literal('any'), z.array(z.string())]).nullable(),
  location: z.boolean(),
  pace: z
    .object({ perChatMs: z.number().optional(), perAccountPerSecond: z.number().optional() })
    .optional(),
  actions: z.array(
    z.enum(['typing', 'markRead', 'edit', 'remove', 'react', 'profile', 'download', 'acknowledge']),
  ),
});

/** Views of lines and channels. */
export const lineViews = {
  LineView: z.object({
    id,
    key: z.string(),
    name: z.string(),
    queue: z.enum(['evenly', 'strictly', 'all', 'least_busy']),
    members: z.array(id),
    timeZone: z.string(),
    hours: z.partialRecord(
      z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      z.array(interval),
    ),
    holidays: z.array(z.string()),
    offHours: z.object({ action: z.enum(['queue', 'text']), text: z.string().optional() }),
    offerSeconds: z.number(),
    maxTalksPerOperator: z.number().nullable(),
    autoLead: z.boolean(),
    priority: z.number(),
    assign: z.enum(['direct', 'offer']).optional(),
    counts: z.enum(['all', 'awaiting']).optional(),
    sticky: z.enum(['none', 'last', 'owner']).optional(),
    ownerFollows: z.boolean().optional(),
    exceptions: z.record(z.string(), z.array(interval)).optional(),
    calendar: z
      .object({
        url: z.string().nullable(),
        days: z.array(z.object({ date: z.string(), name: z.string() })),
        fetchedAt: at.nullable(),
        problem: z.string().nullable(),
      })
      .nullable()
      .optional(),
    flows: z
      .array(z.object({ name: z.string(), config: z.record(z.string(), z.unknown()) }))
      .optional(),
    targets: z
      .object({
        firstAnswerMinutes: z.number().nullable(),
        nextAnswerMinutes: z.number().nullable(),
        resolutionMinutes: z.number().nullable(),
        warnPercent: z.number(),
      })
      .optional(),
    autoCloseMinutes: z.number().nullable().optional(),
    signature: z.object({ on: z.boolean(), text: z.string() }).optional(),
    waiting: z.number(),
    open: z.number(),
    createdAt: at,
  }) satisfies z.ZodType<Wire.LineView>,
  FlowTypeView: z.object({
    name: z.string(),
    version: z.number(),
    title: z.string(),
    summary: z.string(),
    begins: z.enum(['opened', 'queued', 'closed']),
    schema: z.record(z.string(), z.unknown()),
    composed: z.boolean().optional(),
  }) satisfies z.ZodType<Wire.FlowTypeView>,
  OpeningView: z.object({ open: z.boolean(), nextChange: at.nullable() }),
  ChannelView: z.object({
    id,
    type: z.string(),
    name: z.string(),
    lineId: id.nullable(),
    role,
    config: z.record(z.string(), z.unknown()),
    status,
    detail: z.string(),
    webhookUrl: z.string(),
    createdAt: at,
    lastEventAt: at.nullable(),
    secrets: z.record(z.string(), z.string()).optional(),
  }) satisfies z.ZodType<Wire.ChannelView>,
  ChannelTypeView: z.object({
    type: z.string(),
    title: z.string(),
    summary: z.string(),
    icon: z.enum(['chat', 'plane', 'globe', 'braces', 'box', 'mail', 'phone']),
    widget: z.boolean(),
    roles: z.array(role),
    schema: z.record(z.string(), z.unknown()),
    capabilities,
  }) satisfies z.ZodType<Wire.ChannelTypeView>,
  ConnectionView: z.object({ status, detail: z.string() }) satisfies z.ZodType<Wire.ConnectionView>,
};
