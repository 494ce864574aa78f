import type { DomainEvent } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { conversationViews } from '../views/conversation.ts';
import { contactViews, dealViews, leadViews } from '../views/crm.ts';
import { messageViews } from '../views/message.ts';

/** Everything an address outside can hear of. */
export const OUTGOING_EVENTS = [
  'message.created',
  'message.changed',
  'conversation.created',
  'conversation.opened',
  'conversation.assigned',
  'conversation.closed',
  'contact.changed',
  'lead.created',
  'lead.changed',
  'deal.created',
  'deal.changed',
] as const;

export type OutgoingEvent = (typeof OUTGOING_EVENTS)[number] | 'ping';

/** What happened inside → its name outside. */
const NAMES: Partial<Record<DomainEvent['type'], OutgoingEvent>> = {
  'message.appended': 'message.created',
  'message.changed': 'message.changed',
  'conversation.created': 'conversation.created',
  'session.opened': 'conversation.opened',
  'session.assigned': 'conversation.assigned',
  'session.closed': 'conversation.closed',
  'contact.changed': 'contact.changed',
  'lead.created': 'lead.created',
  'lead.changed': 'lead.changed',
  'deal.created': 'deal.created',
  'deal.changed': 'deal.changed',
};

/** The name outside of what happened inside. Null: it is not told. */
export function outgoingName(event: DomainEvent): OutgoingEvent | null {
  return NAMES[event.type] ?? null;
}

/** What is told of something that happened. */
export interface Outgoing {
  /** The same for the same thing that happened, however it was heard of. */
  key: string;
  /** The same views as REST. */
  data: Record<string, unknown>;
}

/** What names a change of a contact, at the instant it was heard of. */
export const contactKey = (contactId: string, at: Date): string =>
  `contact.changed/${contactId}/${at.getTime()}`;

/** What an event that carries its subject is told by. */
export function outgoingKey(event: DomainEvent): string | null {
  switch (event.type) {
    case 'message.appended':
      return `message.created/${event.message.id}`;
    case 'message.changed': {
      const { id, changedAt, delivery, edits, reactions } = event.message;
      const state = [changedAt.getTime(), delivery?.state, edits.length, reactions.length];
      return `message.changed/${id}/${state.join('.')}`;
    }
    case 'conversation.created':
      return `conversation.created/${event.conversation.id}`;
    case 'session.opened':
      return `conversation.opened/${event.conversation.session.id}`;
    case 'session.assigned': {
      const { id, ownedAt } = event.conversation.session;
      return `conversation.assigned/${id}/${ownedAt?.getTime()}`;
    }
    case 'session.closed':
      return `conversation.closed/${event.conversation.session.id}`;
    default:
      return null;
  }
}

/** What is told of it. Null: the thing is gone meanwhile. */
export async function outgoingOf(desk: Desk, event: DomainEvent): Promise<Outgoing | null> {
  const told: Record<string, unknown> = {};
  let key = outgoingKey(event);
  if ('message' in event) [told.message] = await messageViews(desk, [event.message]);
  if ('conversation' in event)
    [told.conversation] = await conversationViews(desk, [event.conversation]);
  if (event.type === 'session.assigned') told.why = event.why;
  if (event.type === 'contact.changed') {
    const contact = await desk.stores.contacts.get(event.contactId);
    [told.contact] = await contactViews(desk, contact ? [contact] : []);
    key = contactKey(event.contactId, desk.clock.now());
  }
  if (event.type === 'lead.created' || event.type === 'lead.changed') {
    const lead = await desk.stores.leads.get(event.leadId);
    [told.lead] = await leadViews(desk, lead ? [lead] : []);
    key = recordKey(event.type, lead);
  }
  if (event.type === 'deal.created' || event.type === 'deal.changed') {
    const deal = await desk.stores.deals.get(event.dealId);
    [told.deal] = await dealViews(desk, deal ? [deal] : []);
    key = recordKey(event.type, deal);
  }
  const there = Object.values(told).some((value) => value !== undefined);
  return key !== null && there ? { key, data: told } : null;
}

/** A record is told of as it stands: of several changes at once, the last. */
const recordKey = (type: string, record: { id: string; updatedAt: Date } | null): string | null => {
  if (!record) return null;
  return type.endsWith('.created')
    ? `${type}/${record.id}`
    : `${type}/${record.id}/${record.updatedAt.getTime()}`;
};

/** The body of a call, by Standard Webhooks. */
export function outgoingBody(name: OutgoingEvent, at: Date, data: Record<string, unknown>): string {
  return JSON.stringify({ type: name, timestamp: at.toISOString(), data });
}
