import { z } from 'zod';
import { MARK_TYPES } from '../../src/contract/inbound.ts';
import type { Parsed, WebhookRequest } from '../../src/contract/channel.ts';
import type { ChatRef, InboundEvent, Part } from '../../src/contract/inbound.ts';
import { soundMarks } from '../shared/marks.ts';
import { issueOf, plausibleTime, readJson } from '../shared/json.ts';

const id = z.string().min(1).max(256);
const file = z.object({
  ref: z.string().min(1).max(4096),
  name: z.string().optional(),
  mime: z.string().optional(),
  size: z.number().int().nonnegative().optional(),
  width: z.number().positive().optional(),
  height: z.number().positive().optional(),
  durationMs: z.number().nonnegative().optional(),
  unavailable: z.string().optional(),
});
const person = z.object({
  id,
  name: z.string().optional(),
  username: z.string().optional(),
  language: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  proof: z.enum(['provider', 'signed', 'claimed']).optional(),
  avatar: file.optional(),
  bot: z.boolean().optional(),
});
const mark = z.object({
  type: z.enum(MARK_TYPES),
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
  url: z
    .string()
    .regex(/^(https?|mailto|tel):/i)
    .optional(),
});
const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), marks: z.array(mark).optional() }),
  z.object({
    kind: z.enum(['image', 'video', 'audio', 'voice', 'file']),
    file,
    sticker: z.boolean().optional(),
    spoiler: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
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
  z.object({ kind: z.literal('unsupported'), what: z.string() }),
]);
const chat = z.union([
  id.transform((chatId): ChatRef => ({ id: chatId, kind: 'private' })),
  z.object({
    id,
    kind: z.enum(['private', 'group']).default('private'),
    title: z.string().optional(),
  }),
]);
/** `parts` in full, or `text` for short. */
const content = {
  text: z.string().optional(),
  parts: z.array(part).optional(),
};
const base = { id, at: z.iso.datetime({ offset: true }).optional(), chat };

const sandboxEvent = z.discriminatedUnion('type', [
  z.object({
    ...base,
    ...content,
    type: z.literal('message'),
    messageId: id.optional(),
    from: person,
    replyTo: z.object({ messageId: id, quote: z.string().optional() }).optional(),
    albumId: id.optional(),
    forwardedFrom: z.string().optional(),
    origin: z
      .object({
        payload: z.string().optional(),
        url: z.string().optional(),
        title: z.string().optional(),
        referrer: z.string().optional(),
      })
      .optional(),
  }),
  z.object({
    ...base,
    ...content,
    type: z.literal('echo'),
    messageId: id.optional(),
    author: z.string().optional(),
  }),
  z.object({ ...base, ...content, type: z.literal('edited'), messageId: id }),
  z.object({ ...base, type: z.literal('removed'), messageIds: z.array(id).min(1) }),
  z.object({
    ...base,
    type: z.literal('reaction'),
    messageId: id,
    from: person,
    emoji: z.array(z.string()),
  }),
  z.object({
    ...base,
    type: z.literal('button'),
    from: person,
    token: z.string(),
    messageId: id.optional(),
    ack: z.string().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('receipt'),
    messageId: id,
    status: z.enum(['delivered', 'read', 'failed']),
    upTo: z.boolean().optional(),
    detail: z.string().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('presence'),
    from: person,
    state: z.enum(['typing', 'idle', 'online', 'offline', 'blocked', 'unblocked']),
  }),
  z.object({ ...base, type: z.literal('moved'), to: id }),
  z.object({
    ...base,
    type: z.literal('call'),
    callId: id,
    from: person,
    direction: z.enum(['in', 'out']),
    state: z.enum(['ringing', 'answered', 'ended', 'missed']),
    durationSeconds: z.number().nonnegative().optional(),
    recording: file.optional(),
  }),
]);

const envelope = z.object({ events: z.array(z.unknown()) });

function partsOf(given: { text?: string | undefined; parts?: unknown[] | undefined }): Part[] {
  const parts = ((given.parts ?? []) as Part[]).map((one): Part => {
    if (one.kind !== 'text' || !one.marks) return one;
    return { ...one, marks: soundMarks(one.text, one.marks) };
  });
  return given.text === undefined ? parts : [{ kind: 'text', text: given.text }, ...parts];
}

function toEvent(given: z.infer<typeof sandboxEvent>, now: Date): InboundEvent {
  const at = plausibleTime(given.at === undefined ? undefined : Date.parse(given.at), now);
  switch (given.type) {
    case 'message':
    case 'echo':
    case 'edited': {
      const { text: _text, ...rest } = given;
      return {
        ...rest,
        at,
        messageId: given.messageId ?? given.id,
        parts: partsOf(given),
      } as InboundEvent;
    }
    default:
      return { ...given, at } as InboundEvent;
  }
}

/**
 * Reads `{events: […]}`; an event that is not understood is odd, and the others stay. Throws
 * without `events`.
 */
export function parseSandbox(request: WebhookRequest): Parsed {
  const body = envelope.safeParse(readJson(request.body));
  if (!body.success) throw new Error('The body is not {"events": […]}.');
  const events: InboundEvent[] = [];
  const odd: { reason: string; raw: string }[] = [];
  for (const raw of body.data.events) {
    const event = sandboxEvent.safeParse(raw);
    if (event.success) events.push(toEvent(event.data, request.now));
    else odd.push({ reason: issueOf(event.error), raw: JSON.stringify(raw) });
  }
  return odd.length > 0 ? { events, odd } : { events };
}
