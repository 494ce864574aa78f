import { z } from 'zod';
import { MARK_TYPES } from '../../../../contract/inbound.ts';
import type * as Wire from '../../../../contract/wire.ts';
import { at, author, id } from './common.ts';
import { contact, lead } from './crm.ts';
import { capabilities } from './lines.ts';

const direction = z.enum(['in', 'out', 'note', 'event']);
/** How far an outgoing message got. */
export const deliveryState = z.enum([
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
  'canceled',
]);
const mark = z.object({
  type: z.enum(MARK_TYPES),
  offset: z.number(),
  length: z.number(),
  url: z.string().optional(),
});
const file = z.object({
  id,
  name: z.string(),
  mime: z.string(),
  size: z.number().nullable(),
  width: z.number().optional(),
  height: z.number().optional(),
  durationMs: z.number().optional(),
  state: z.enum(['pending', 'ready', 'failed']),
  detail: z.string().optional(),
  url: z.string().nullable(),
  thumbUrl: z.string().nullable().optional(),
}) satisfies z.ZodType<Wire.FileView>;
const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), marks: z.array(mark).optional() }),
  z.object({
    kind: z.enum(['image', 'video', 'audio', 'voice', 'file']),
    file,
    sticker: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    title: z.string().optional(),
    address: z.string().optional(),
  }),
  z.object({
    kind: z.literal('contact'),
    name: z.string(),
    phones: z.array(z.string()),
    emails: z.array(z.string()).optional(),
    own: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('card'),
    text: z.string(),
    buttons: z.array(z.object({ label: z.string(), url: z.string().optional() })),
  }),
  z.object({ kind: z.literal('unsupported'), what: z.string() }),
]) satisfies z.ZodType<Wire.PartView>;
const conversation = z.object({
  id,
  channelId: id,
  channelType: z.string(),
  channelName: z.string(),
  lineId: id,
  lineName: z.string(),
  state: z.enum(['waiting', 'open', 'closed']),
  sessionId: id,
  seq: z.number(),
  rev: z.number(),
  contact: z.object({ id, name: z.string() }),
  leadId: id.nullable(),
  ownerId: id.nullable(),
  ownerName: z.string().nullable(),
  lastMessage: z.object({ text: z.string(), at, direction, author: author.optional() }).nullable(),
  unread: z.number(),
  waitingSince: at.nullable(),
  why: z.string().nullable(),
  blocked: z.boolean(),
  openedAt: at,
  closedAt: at.nullable(),
  outcome: z.string().nullable(),
  offer: z
    .object({ operatorId: id.nullable(), operatorName: z.string().nullable(), until: at })
    .nullable()
    .optional(),
  forRole: z.object({ id, name: z.string() }).nullable().optional(),
  snoozedUntil: at.nullable().optional(),
  awaitsAnswer: z.boolean().optional(),
  guests: z.array(z.object({ id, name: z.string() })).optional(),
  tags: z.array(z.string()).optional(),
  pinnedBy: z.array(id).optional(),
  mergedInto: id.nullable().optional(),
  targets: z
    .array(
      z.object({
        kind: z.enum(['first-answer', 'next-answer', 'resolution']),
        startedAt: at,
        dueAt: at,
        state: z.enum(['running', 'near', 'missed', 'met']),
        metAt: at.nullable(),
      }),
    )
    .optional(),
  rating: z.object({ score: z.number(), comment: z.string().nullable(), at }).nullable().optional(),
  consent: z.object({ text: z.string(), at }).nullable().optional(),
  inFlow: z.boolean().optional(),
}) satisfies z.ZodType<Wire.ConversationView>;

const linkedTalk = z.object({
  id,
  channelName: z.string(),
  lineName: z.string(),
  chat: z.string(),
  state: z.enum(['waiting', 'open', 'closed']),
  seq: z.number(),
  createdAt: at,
  lastAt: at.nullable(),
  mergedBy: z.string().nullable(),
  mergedAt: at.nullable(),
}) satisfies z.ZodType<Wire.LinkedTalkView>;
const score = z.object({
  score: z.number(),
  comment: z.string().nullable(),
  by: z.object({ id, name: z.string() }),
  at,
}) satisfies z.ZodType<Wire.TalkScoreView>;

/** Views of talks, messages and files. */
export const talkViews = {
  FileView: file,
  ConversationView: conversation,
  ConversationDetail: conversation.extend({
    capabilities,
    windowClosesAt: at.nullable(),
    contactDetail: contact,
    lead: lead.nullable(),
    origin: z
      .object({
        payload: z.string().optional(),
        url: z.string().optional(),
        title: z.string().optional(),
        referrer: z.string().optional(),
      })
      .nullable(),
    may: z.object({
      reply: z.boolean(),
      note: z.boolean(),
      take: z.boolean(),
      assign: z.boolean(),
      close: z.boolean(),
      reopen: z.boolean(),
      skip: z.boolean().optional(),
      transfer: z.boolean().optional(),
      invite: z.boolean().optional(),
      snooze: z.boolean().optional(),
      intercept: z.boolean().optional(),
      join: z.boolean().optional(),
    }),
    joined: z.boolean().optional(),
    merged: z.array(linkedTalk).optional(),
    duplicates: z.array(linkedTalk).optional(),
    chat: z.string(),
  }) satisfies z.ZodType<Wire.ConversationDetail>,
  TalkSessionView: z.object({
    id,
    number: z.number(),
    state: z.enum(['waiting', 'open', 'closed']),
    openedAt: at,
    closedAt: at.nullable(),
    outcome: z.string().nullable(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    firstAnswerAt: at.nullable(),
    rating: z.object({ score: z.number(), comment: z.string().nullable(), at }).nullable(),
    score: score.nullable(),
    earlierScores: z.array(score),
    mayScore: z.boolean(),
  }) satisfies z.ZodType<Wire.TalkSessionView>,
  MessageView: z.object({
    id,
    conversationId: id,
    sessionId: id,
    seq: z.number(),
    direction,
    text: z.string(),
    parts: z.array(part),
    author,
    at,
    clientId: z.string().nullable(),
    replyTo: z
      .object({
        id: id.nullable(),
        seq: z.number().nullable(),
        text: z.string(),
        author: z.string(),
      })
      .nullable(),
    albumId: z.string().nullable(),
    edits: z.array(z.object({ text: z.string(), at })),
    removedAt: at.nullable(),
    reactions: z.array(z.object({ emoji: z.string(), by: author })),
    forwardedFrom: z.string().optional(),
    delivery: z
      .object({
        state: deliveryState,
        detail: z.string().optional(),
        attempts: z.number(),
        nextAt: at.optional(),
        sentAt: at.optional(),
        deliveredAt: at.optional(),
        readAt: at.optional(),
      })
      .nullable(),
    event: z.object({ kind: z.string(), conversationId: id.optional() }).optional(),
    mentions: z.array(id).optional(),
    sendAt: at.optional(),
  }) satisfies z.ZodType<Wire.MessageView>,
  DraftView: z.object({
    conversationId: id,
    text: z.string(),
    note: z.boolean(),
    updatedAt: at,
  }) satisfies z.ZodType<Wire.DraftView>,
  CannedAnswerView: z.object({
    id,
    shortcut: z.string(),
    title: z.string(),
    text: z.string(),
    lineIds: z.array(id),
    acts: z.object({
      tags: z.array(z.string()),
      assignTo: id.nullable(),
      close: z.object({ outcome: z.string().nullable() }).nullable(),
    }),
    createdAt: at,
    updatedAt: at,
  }) satisfies z.ZodType<Wire.CannedAnswerView>,
  RenderedAnswer: z.object({ text: z.string() }),
  DecisionView: z.object({
    at,
    act: z.enum(['assign', 'offer', 'wait', 'skip']),
    operatorId: id.optional(),
    operatorName: z.string().optional(),
    why: z.string(),
    excluded: z.array(
      z.object({ operatorId: id, operatorName: z.string().optional(), why: z.string() }),
    ),
  }) satisfies z.ZodType<Wire.DecisionView>,
};
