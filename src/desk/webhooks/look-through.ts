import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { TimelineEntry } from '../../domain/crm/records.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { WebhookTarget } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { contactKey, outgoingKey } from './outgoing-events.ts';
import { tell } from './tell.ts';

/** What is still being written, or was by a clock that is late, is looked through again. */
const OVERLAP_MS = 120_000;
const BATCH = 100;

/**
 * Looks through what lies in the database since the last time, and queues what an address was not told: a process died
 * between storing it and queueing the call, or could not reach the database. Costs nothing where nobody listens.
 * Answers whether anything was queued.
 */
export async function lookThrough(desk: Desk): Promise<boolean> {
  const { webhooks, happened } = desk.stores;
  const active = (await webhooks.all()).filter((target) => target.active);
  if (active.length === 0) return false;
  const now = desk.clock.now();
  const until = await webhooks.lookedUntil();
  let queued = false;
  for (const target of active) {
    const seen = until ? until.getTime() - OVERLAP_MS : 0;
    const since = new Date(Math.max(target.since.getTime(), seen));
    const look = { desk, target, since };
    for await (const batch of batches(happened.messages(since)))
      if (await tellMissing(look, await inTheirTalks(desk, 'message.appended', batch)))
        queued = true;
    for await (const batch of batches(happened.changedMessages(since)))
      if (await tellMissing(look, await inTheirTalks(desk, 'message.changed', batch)))
        queued = true;
    for await (const batch of batches(happened.conversations(since)))
      if (
        await tellMissing(
          look,
          batch.flatMap((talk) => eventsOf(talk, since)),
        )
      )
        queued = true;
    for await (const entry of happened.entries(['contact', 'lead', 'deal'], since))
      if (await tellEntry(look, entry)) queued = true;
  }
  await webhooks.setLookedUntil(now);
  return queued;
}

interface Look {
  desk: Desk;
  target: WebhookTarget;
  since: Date;
}

async function tellMissing(
  { desk, target }: Look,
  events: readonly DomainEvent[],
): Promise<boolean> {
  const keyed = new Map(events.map((event) => [outgoingKey(event) ?? '', event]));
  const told = await desk.stores.webhooks.told(target.id, [...keyed.keys()]);
  let queued = false;
  for (const [key, event] of keyed)
    if (!told.has(key) && (await tell(desk, event, [target]))) queued = true;
  return queued;
}

async function inTheirTalks(
  desk: Desk,
  type: 'message.appended' | 'message.changed',
  messages: readonly Message[],
): Promise<DomainEvent[]> {
  const ids = new Set(messages.map(({ conversationId }) => conversationId));
  const talks = await desk.stores.conversations.many([...ids]);
  const found = new Map(talks.map((talk) => [talk.id, talk]));
  return messages.flatMap((message) => {
    const conversation = found.get(message.conversationId);
    return conversation ? [{ type, message, conversation }] : [];
  });
}

/** What happened to a talk since then, by the times that it keeps. */
function eventsOf(conversation: Conversation, since: Date): DomainEvent[] {
  const { openedAt, ownedAt, ownerId, closedAt, number, why } = conversation.session;
  const by = SYSTEM;
  const before = null;
  const is = (at: Date | null): boolean => at !== null && at >= since;
  return [
    ...(is(conversation.createdAt)
      ? [{ type: 'conversation.created', conversation, by } as const]
      : []),
    ...(is(openedAt)
      ? [{ type: 'session.opened', conversation, reopened: number > 1, by } as const]
      : []),
    ...(ownerId !== null && is(ownedAt)
      ? [{ type: 'session.assigned', conversation, before, by, why: why ?? '' } as const]
      : []),
    ...(is(closedAt) ? [{ type: 'session.closed', conversation, before, by } as const] : []),
  ];
}

/** A record is read as it stands; whether it was told shows in its own times. */
async function tellEntry(look: Look, { at, subject, before }: TimelineEntry): Promise<boolean> {
  const { desk, target } = look;
  const { id, kind } = subject;
  if (kind === 'contact') {
    const end = contactKey(id, new Date(at.getTime() + 10 * 365 * 24 * 3_600_000));
    if (await desk.stores.webhooks.toldBetween(target.id, contactKey(id, at), end)) return false;
    return tell(desk, { type: 'contact.changed', contactId: id }, [target]);
  }
  const made = before === null;
  const event: DomainEvent | null =
    kind === 'lead'
      ? made
        ? { type: 'lead.created', leadId: id, contactId: null, conversationId: null }
        : { type: 'lead.changed', leadId: id, contactId: null }
      : kind === 'deal'
        ? { type: made ? 'deal.created' : 'deal.changed', dealId: id }
        : null;
  return event !== null && tell(desk, event, [target]);
}

async function* batches<T>(all: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
