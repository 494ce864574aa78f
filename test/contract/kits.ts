import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import type { ChannelKit } from '../../channels/shared/testing.ts';
import { sampleFile } from '../../channels/shared/testing.ts';
import type { VisitorFrame, Visitor } from '../../src/contract/channel.ts';
import type { OutboundContent } from '../../src/contract/outbound.ts';

const root = new URL('../../channels/', import.meta.url);

/**
 * What a fixture of `fixtures/inbound` may say. One of `update`, `raw`, `frame` is what came in.
 */
const inboundFixture = z.strictObject({
  why: z.string().optional(),
  now: z.iso.datetime().default('2026-01-15T12:00:00.000Z'),
  /** What follows the webhook address. */
  path: z.string().default(''),
  update: z.unknown().optional(),
  raw: z.string().optional(),
  frame: z.custom<VisitorFrame>().optional(),
  visitor: z.custom<Visitor>().optional(),
  events: z.array(z.record(z.string(), z.unknown())).default([]),
  /** Reasons of what is odd, in order; a part of the sentence is enough. */
  odd: z.array(z.string()).default([]),
  /** The request can not be read at all: a part of the sentence. */
  throws: z.string().optional(),
});

/** What a fixture of `fixtures/outbound` may say. A file is `{name, mime, content, …}`. */
const outboundFixture = z.strictObject({
  why: z.string().optional(),
  message: z.strictObject({
    chat: z.string().optional(),
    replyTo: z.string().optional(),
    content: z.record(z.string(), z.unknown()),
  }),
  requests: z.array(z.unknown()),
  result: z.record(z.string(), z.unknown()).optional(),
});

export type InboundFixture = z.infer<typeof inboundFixture>;

function readFixtures<S extends z.ZodType>(
  type: string,
  way: string,
  schema: S,
): [string, z.infer<S>][] {
  const folder = new URL(`${type}/fixtures/${way}/`, root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const json: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      const read = schema.safeParse(json);
      if (!read.success)
        throw new Error(`channels/${type}/fixtures/${way}/${name}: ${read.error.message}`);
      return [name.replace(/\.json$/, ''), read.data];
    });
}

export const inboundFixtures = (type: string) => readFixtures(type, 'inbound', inboundFixture);
export const outboundFixtures = (type: string) => readFixtures(type, 'outbound', outboundFixture);

/** The names of all folders that look like a channel. */
export const channelFolders = (): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map((entry) => entry.name);

export const hasFile = (type: string, name: string): boolean =>
  existsSync(new URL(`${type}/${name}`, root));

/** A channel's test kit; fails with a sentence when there is none. */
export async function kitOf(type: string): Promise<ChannelKit> {
  if (!hasFile(type, 'testing.ts'))
    throw new Error(
      `channels/${type}/testing.ts is missing: the contract suite can not run. See docs/developers/add-a-channel.md.`,
    );
  const module = (await import(new URL(`${type}/testing.ts`, root).href)) as { kit?: ChannelKit };
  if (!module.kit) throw new Error(`channels/${type}/testing.ts exports no kit.`);
  return module.kit;
}

const describedFile = z.object({
  name: z.string(),
  mime: z.string(),
  content: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
  durationMs: z.number().optional(),
});

/** A fixture's content with its described files made real. */
export function contentOf(described: Record<string, unknown>): OutboundContent {
  const withFile = (item: Record<string, unknown>): Record<string, unknown> => {
    if (!item['file']) return item;
    const { name, mime, content, ...measures } = describedFile.parse(item['file']);
    return { ...item, file: { ...sampleFile(name, mime, content), ...measures } };
  };
  const items = described['items'] as Record<string, unknown>[] | undefined;
  return withFile(
    items ? { ...described, items: items.map(withFile) } : described,
  ) as OutboundContent;
}
