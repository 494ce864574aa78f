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

/** What is told of it: the same views as REST. Null: the thing is gone meanwhile. */
export async function outgoingData(
  desk: Desk,
  event: DomainEvent,
): Promise<Record<string, unknown> | null> {
  const told: Record<string, unknown> = {};
  if ('message' in event) [told.message] = await messageViews(desk, [event.message]);
  if ('conversation' in event)
    [told.conversation] = await conversationViews(desk, [event.conversation]);
  if (event.type === 'session.assigned') told.why = event.why;
  if (event.type === 'contact.changed') {
    const contact = await desk.stores.contacts.get(event.contactId);
    [told.contact] = await contactViews(desk, contact ? [contact] : []);
  }
  if (event.type === 'lead.created' || event.type === 'lead.changed') {
    const lead = await desk.stores.leads.get(event.leadId);
    [told.lead] = await leadViews(desk, lead ? [lead] : []);
  }
  if (event.type === 'deal.created' || event.type === 'deal.changed') {
    const deal = await desk.stores.deals.get(event.dealId);
    [told.deal] = await dealViews(desk, deal ? [deal] : []);
  }
  return Object.values(told).some((value) => value !== undefined) ? told : null;
}

/** The body of a call, by Standard Webhooks. */
export function outgoingBody(name: OutgoingEvent, at: Date, data: Record<string, unknown>): string {
  return JSON.stringify({ type: name, timestamp: at.toISOString(), data });
}
