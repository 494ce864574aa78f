import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Parsed, WebhookRequest } from '../../src/contract/channel.ts';
import type { MediaKind } from '../../src/contract/capabilities.ts';
import type { InboundEvent, Part } from '../../src/contract/inbound.ts';
import { compact } from '../shared/compact.ts';
import { issueOf, plausibleTime, readJson } from '../shared/json.ts';

const id = z.string().min(1).max(256);
const at = z.iso.datetime({ offset: true, error: 'Expected a time such as 2026-01-31T09:30:00Z' });
/**
 * Plain http only to the machine itself, for development; whether private addresses are allowed is
 * decided elsewhere.
 */
const fileUrl = z
  .url()
  .max(4096)
  .refine(
    (url) => /^https:\/\/|^http:\/\/(localhost|127(\.\d+){3}|\[::1\])[:/]/i.test(url),
    'A file needs an https address',
  );

const message = z
  .object({
    text: z.string().optional(),
    files: z
      .array(
        z.object({
          url: fileUrl,
          name: z.string().max(1000).optional(),
          type: z.string().max(200).optional(),
          size: z.number().int().nonnegative().optional(),
        }),
      )
      .max(100)
      .optional(),
    location: z
      .object({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        title: z.string().optional(),
      })
      .optional(),
    replyTo: id.optional(),
  })
  .refine(
    ({ text, files, location }) => text || files?.length || location,
    'The message needs text, files or a location',
  );

const customerEvent = z
  .object({
    id,
    at: at.optional(),
    chat: id,
    from: z.object({
      id,
      name: z.string().optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
      language: z.string().optional(),
      /** The outside system has checked phone and e-mail itself. */
      verified: z.boolean().optional(),
    }),
    message: message.optional(),
    button: z.object({ token: z.string(), messageId: id.optional() }).optional(),
  })
  .refine((event) => event.message || event.button, 'The event needs a message or a button');

const receipt = z.object({
  id: id.optional(),
  messageId: id,
  status: z.enum(['delivered', 'read', 'failed']),
  at: at.optional(),
  /** Needed only when `messageId` is an id of the outside system's own, not our key. */
  chat: id.optional(),
  detail: z.string().max(1000).optional(),
});

const envelope = z.object({ events: z.array(z.unknown()) });

type Message = z.infer<typeof message>;

/** A file's kind by its MIME type; without one it is just a file. */
function kindOf(type: string | undefined): MediaKind {
  const family = type?.split('/')[0]?.toLowerCase();
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}

function partsOf({ text, files, location }: Message): Part[] {
  return [
    ...(text ? [{ kind: 'text', text } as const] : []),
    ...(files ?? []).map(
      ({ url, name, type, size }): Part => ({
        kind: kindOf(type),
        file: compact({ ref: url, name, mime: type?.includes('/') ? type : undefined, size }),
      }),
    ),
    ...(location ? [{ kind: 'location', ...compact(location) } as const] : []),
  ];
}

function readEvent(raw: unknown, now: Date): InboundEvent | string {
  const read = customerEvent.safeParse(raw);
  if (!read.success) return issueOf(read.error);
  const { id: eventId, at: time, chat, from: person, message: said, button } = read.data;
  const { verified, ...rest } = person;
  const base = {
    id: eventId,
    at: plausibleTime(time === undefined ? undefined : Date.parse(time), now),
    chat: { id: chat, kind: 'private' } as const,
    from: compact({ ...rest, proof: verified ? ('signed' as const) : undefined }),
  };
  if (!said)
    return {
      ...base,
      type: 'button',
      token: button?.token ?? '',
      ...compact({ messageId: button?.messageId }),
    };
  return {
    ...base,
    type: 'message',
    messageId: eventId,
    parts: partsOf(said),
    ...compact({ replyTo: said.replyTo === undefined ? undefined : { messageId: said.replyTo } }),
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A report without an id of its own is told apart by what it says. */
function readReceipt(raw: unknown, now: Date): InboundEvent | string {
  const read = receipt.safeParse(raw);
  if (!read.success) return issueOf(read.error);
  const { id: own, messageId, status, at: time, chat, detail } = read.data;
  return {
    type: 'receipt',
    id: `receipt:${digest(own ?? `${messageId}\n${status}`)}`,
    at: plausibleTime(time === undefined ? undefined : Date.parse(time), now),
    chat: { id: chat ?? '', kind: 'private' },
    messageId,
    status,
    ...compact({ detail }),
  };
}

const READERS: Readonly<Record<string, (raw: unknown, now: Date) => InboundEvent | string>> = {
  '': readEvent,
  '/receipts': readReceipt,
};

/**
 * Reads `{events: […]}`: customers' events, or at `/receipts` reports of delivery. A bad one is
 * odd, the others stay.
 */
export function parseApi(request: WebhookRequest): Parsed {
  const read = READERS[request.path.replace(/\/$/, '')];
  if (!read)
    throw new Error('Post events to the webhook address itself, or reports to /receipts below it.');
  const body = envelope.safeParse(readJson(request.body));
  if (!body.success) throw new Error('The body is not {"events": […]}.');
  const events: InboundEvent[] = [];
  const odd: { reason: string; raw: string }[] = [];
  for (const raw of body.data.events) {
    const event = read(raw, request.now);
    if (typeof event === 'string') odd.push({ reason: event, raw: JSON.stringify(raw) });
    else events.push(event);
  }
  return odd.length > 0 ? { events, odd } : { events };
}
