import { z } from 'zod';
import type { VisitorCall } from '../../contract/visitor.ts';

const id = z.string().min(1).max(64);
const clientId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const text = (max: number) => z.string().max(max);
const page = z
  .object({
    url: text(8192).optional(),
    title: text(2048).optional(),
    referrer: text(8192).optional(),
  })
  .optional();
/** Lone surrogates can not be stored as UTF-8. */
const message = text(10_000).transform((value) =>
  value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD').trim(),
);
const emoji = z.string().min(1).max(32);

const calls = {
  hello: z.object({
    type: z.literal('hello'),
    line: id,
    token: text(128).optional(),
    identity: text(4096).optional(),
    afterSeq: z.int().min(0).optional(),
    since: z.iso.datetime().optional(),
    language: z
      .string()
      .regex(/^[A-Za-z0-9-]{2,35}$/)
      .optional()
      .catch(undefined),
  }),
  begin: z.object({ type: z.literal('begin'), consent: z.boolean().optional() }),
  message: z.object({
    type: z.literal('message'),
    clientId,
    text: message.optional(),
    fileIds: z.array(id).max(10).optional(),
    consent: z.boolean().optional(),
    page,
    contact: z
      .object({
        name: text(200).optional(),
        email: z.email().max(254).optional(),
        phone: z
          .string()
          .regex(/^\+?[0-9 ()./-]{5,32}$/)
          .optional(),
      })
      .optional(),
  }),
  typing: z.object({ type: z.literal('typing'), on: z.boolean() }),
  delivered: z.object({ type: z.literal('delivered'), messageId: id }),
  read: z.object({ type: z.literal('read'), messageId: id }),
  button: z.object({
    type: z.literal('button'),
    token: text(128),
    messageId: id.optional(),
    clientId,
  }),
  reaction: z.object({
    type: z.literal('reaction'),
    messageId: id,
    emoji: z.array(emoji).max(1),
    clientId,
  }),
  identify: z.object({ type: z.literal('identify'), identity: text(4096) }),
  earlier: z.object({ type: z.literal('earlier'), beforeSeq: z.int().min(1) }),
  forget: z.object({ type: z.literal('forget') }),
  ping: z.object({ type: z.literal('ping') }),
} satisfies Record<VisitorCall['type'], z.ZodType>;

/** What a frame turned out to be. `unknown`: of a newer widget, to be ignored. */
export type ReadCall =
  | { kind: 'call'; call: VisitorCall }
  | { kind: 'unknown' }
  | { kind: 'malformed'; detail: string; clientId?: string };

const hasType = z.object({
  type: z.string(),
  clientId: z.string().max(64).optional().catch(undefined),
});

/** Reads one frame that is JSON already. */
export function readCall(frame: unknown): ReadCall {
  const named = hasType.safeParse(frame);
  if (!named.success) return { kind: 'malformed', detail: 'A frame needs a "type".' };
  const { type } = named.data;
  if (!Object.hasOwn(calls, type)) return { kind: 'unknown' };
  const read = calls[type as VisitorCall['type']].safeParse(frame);
  if (read.success) return { kind: 'call', call: read.data as VisitorCall };
  const where = read.error.issues[0]?.path.join('.');
  return {
    kind: 'malformed',
    detail: where
      ? `"${where}" of the frame "${type}" can not be used.`
      : `The frame "${type}" can not be used.`,
    ...(named.data.clientId ? { clientId: named.data.clientId } : {}),
  };
}

/** Reads one frame as text. */
export function readCallText(frame: string): ReadCall {
  try {
    return readCall(JSON.parse(frame));
  } catch {
    return { kind: 'malformed', detail: 'A frame must be JSON.' };
  }
}
