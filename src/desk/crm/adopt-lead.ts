import type { Actor } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { isOpen } from './lead-words.ts';
import { entryOf } from './record-change.ts';
import { turns } from './turns.ts';

/** From whom a record goes to whom; null: nobody owned it. */
interface Owners {
  from: string | null;
  to: string;
}

/** How the timeline tells that a record goes to who has the talk now. */
export function ownerFollows({ from, to }: Owners) {
  return { what: 'Owner follows the talk.', before: { ownerId: from }, after: { ownerId: to } };
}

/** Gives an open lead of `from` to who has its talk; any other lead stays as it is. */
export function adoptLead(
  desk: Desk,
  leadId: string,
  owners: Owners,
  by: Actor,
  why: string,
): Promise<void> {
  return turns.run(`lead:${leadId}`, async () => {
    const lead = await desk.stores.leads.get(leadId);
    if (!lead || lead.ownerId !== owners.from || !isOpen(lead.status)) return;
    const difference = ownerFollows(owners);
    const entry = entryOf(desk, { kind: 'lead', id: leadId }, by, difference, why);
    await desk.stores.leads.change(leadId, difference.after, desk.clock.now(), entry);
    desk.bus.publish({ type: 'lead.changed', leadId, contactId: lead.contactId });
  });
}
