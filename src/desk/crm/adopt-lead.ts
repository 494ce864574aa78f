import type { Actor } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { isOpen } from './lead-words.ts';
import { entryOf } from './record-change.ts';
import { turns } from './turns.ts';

/** Gives an open lead that nobody owns to the owner of its talk; any other lead stays as it is. */
export function adoptLead(
  desk: Desk,
  leadId: string,
  ownerId: string,
  by: Actor,
  why: string,
): Promise<void> {
  return turns.run(`lead:${leadId}`, async () => {
    const lead = await desk.stores.leads.get(leadId);
    if (!lead || lead.ownerId !== null || !isOpen(lead.status)) return;
    const what = 'Owner follows the talk.';
    const difference = { what, before: { ownerId: null }, after: { ownerId } };
    const entry = entryOf(desk, { kind: 'lead', id: leadId }, by, difference, why);
    await desk.stores.leads.change(leadId, { ownerId }, desk.clock.now(), entry);
    desk.bus.publish({ type: 'lead.changed', leadId, contactId: lead.contactId });
  });
}
