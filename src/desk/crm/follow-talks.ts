import { SYSTEM } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { adoptLead } from './adopt-lead.ts';
import { ensureLead } from './ensure-lead.ts';
import { followTransfer } from './follow-transfer.ts';

/**
 * Keeps the CRM beside the talks: a lead without owner gets the talk's first owner, owners follow a talk that is handed
 * on where its line says so, and a visitor who leaves a phone or an e-mail later gets their lead then. Answers what ends it.
 */
export function followTalks(desk: Desk): () => void {
  const ends = [
    desk.bus.on('session.assigned', async ({ conversation, before, by, why }) => {
      const { leadId, session } = conversation;
      if (leadId !== null && session.ownerId !== null)
        await adoptLead(desk, leadId, { from: null, to: session.ownerId }, by, why);
      if (before !== null) await followTransfer(desk, conversation, before, by, why);
    }),
    desk.bus.on('contact.changed', ({ contactId }) => leadsOfTalks(desk, contactId)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

async function leadsOfTalks(desk: Desk, contactId: string): Promise<void> {
  const [contact, talks] = await Promise.all([
    desk.stores.contacts.get(contactId),
    desk.stores.conversations.ofContact(contactId),
  ]);
  if (!contact) return;
  for (const talk of talks)
    if (talk.leadId === null && talk.session.state !== 'closed')
      await ensureLead(desk, talk, contact, SYSTEM);
}
