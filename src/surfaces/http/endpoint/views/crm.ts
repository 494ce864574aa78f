import { z } from 'zod';
import type * as Wire from '../../../../contract/wire.ts';
import { at, author, id, money } from './common.ts';

const names = { ownerId: id.nullable(), ownerName: z.string().nullable() };

/** The customer. */
export const contact = z.object({
  id,
  number: z.number(),
  name: z.string(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  language: z.string().nullable(),
  companyId: id.nullable(),
  ownerId: id.nullable(),
  avatarUrl: z.string().nullable(),
  identities: z.array(
    z.object({
      id,
      channelId: id,
      channelType: z.string(),
      channelName: z.string(),
      name: z.string(),
      username: z.string().nullable(),
      proof: z.enum(['provider', 'signed', 'claimed']),
    }),
  ),
  note: z.string(),
  createdAt: at,
}) satisfies z.ZodType<Wire.ContactView>;

/** What may become business. */
export const lead = z.object({
  id,
  number: z.number(),
  name: z.string(),
  status: z.enum(['new', 'in work', 'converted', 'junk']),
  source: z.object({
    channel: z.string(),
    channelTitle: z.string().optional(),
    lineId: id.nullable(),
  }),
  contactId: id.nullable(),
  contactName: z.string().nullable(),
  ...names,
  conversationId: id.nullable(),
  note: z.string(),
  createdAt: at,
  updatedAt: at,
}) satisfies z.ZodType<Wire.LeadView>;

const deal = z.object({
  id,
  number: z.number(),
  title: z.string(),
  pipelineId: id,
  stageId: id,
  stage: z.string(),
  amount: money,
  contactId: id.nullable(),
  contactName: z.string().nullable(),
  companyId: id.nullable(),
  ...names,
  conversationId: id.nullable(),
  state: z.enum(['open', 'won', 'lost']),
  createdAt: at,
  updatedAt: at,
}) satisfies z.ZodType<Wire.DealView>;

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('fields'),
    fields: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  z.object({
    kind: z.literal('list'),
    items: z.array(
      z.object({
        title: z.string(),
        detail: z.string().optional(),
        command: z.string().optional(),
      }),
    ),
  }),
  z.object({ kind: z.literal('divider') }),
]);
const style = z.enum(['primary', 'danger']).optional();
const card = z.object({
  title: z.string(),
  tone: z.enum(['plain', 'good', 'warn', 'bad']).optional(),
  blocks: z.array(block),
  buttons: z
    .array(
      z.union([
        z.object({ label: z.string(), command: z.string(), style }),
        z.object({ label: z.string(), url: z.string(), style }),
      ]),
    )
    .optional(),
});

/** Views of contacts, leads, deals and commands. */
export const crmViews = {
  ContactView: contact,
  LeadView: lead,
  DealView: deal,
  PipelineView: z.object({
    id,
    name: z.string(),
    stages: z.array(z.object({ id, name: z.string(), probability: z.number() })),
  }) satisfies z.ZodType<Wire.PipelineView>,
  TimelineView: z.object({
    id,
    at,
    subject: z.object({ kind: z.string(), id }),
    who: author,
    what: z.string(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    why: z.string().nullable(),
  }) satisfies z.ZodType<Wire.TimelineView>,
  SearchView: z.object({
    contacts: z.array(contact),
    leads: z.array(lead),
    deals: z.array(deal),
  }) satisfies z.ZodType<Wire.SearchView>,
  CommandView: z.object({
    name: z.string(),
    summary: z.string(),
    usage: z.string(),
    examples: z.array(z.string()),
  }) satisfies z.ZodType<Wire.CommandView>,
  CommandAnswer: z.object({ card, text: z.string() }) satisfies z.ZodType<Wire.CommandAnswer>,
};
