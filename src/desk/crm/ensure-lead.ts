import type { Contact, Lead, NewEntry } from '../../domain/crm/records.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Actor } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { adoptLead } from './adopt-lead.ts';
import { entryOf } from './record-change.ts';
import { turns } from './turns.ts';

/** What became of the wish for a lead. */
export type EnsuredLead =
  | { status: 'made' | 'found'; leadId: string; conversation: Conversation }
  /** No lead, and why: a sentence. */
  | { status: 'none'; why: string; conversation: Conversation };

/**
 * Makes the lead of a talk on first contact, so that it stands in the CRM before an operator says
 * hello.
 *
 * Only on a line with `autoLead`, and only when the person can be contacted back: the channel can
 * be answered when the customer has gone (`reachableLater`, which every chat is unless its channel
 * says otherwise), or a phone or an e-mail is known. A visitor of the site who left neither and
 * closed the page gets none; call again when they leave one.
 *
 * A talk has one lead for good and a contact one open lead: called again, or from many sides at
 * once, it answers the one there is.
 */
export function ensureLead(
  desk: Desk,
  conversation: Conversation,
  contact: Contact,
  by: Actor,
): Promise<EnsuredLead> {
  if (conversation.leadId !== null)
    return Promise.resolve({ status: 'found', leadId: conversation.leadId, conversation });
  return turns.run(`lead of ${contact.id}`, async () => {
    const refused = await reasonAgainst(desk, conversation, contact);
    if (refused !== null) return { status: 'none', why: refused, conversation };
    const { lead, created } = await desk.stores.leads.findOrCreateOpen(
      {
        name: contact.name,
        status: 'new',
        source: {
          channel: conversation.channelType,
          lineId: conversation.lineId,
          accountId: conversation.accountId,
          origin: conversation.origin,
        },
        contactId: contact.id,
        ownerId: contact.ownerId ?? conversation.session.ownerId,
        conversationId: conversation.id,
        note: '',
      },
      desk.clock.now(),
      (made) => madeEntry(desk, made, by),
    );
    const linked = await desk.stores.conversations.setLead(conversation.id, lead.id);
    if (created)
      desk.bus.publish({
        type: 'lead.created',
        leadId: lead.id,
        contactId: contact.id,
        conversationId: conversation.id,
      });
    if (linked) await followLink(desk, linked, lead, by);
    return {
      status: created ? 'made' : 'found',
      leadId: lead.id,
      conversation: linked ?? { ...conversation, leadId: lead.id },
    };
  });
}

/**
 * Somebody may have taken the talk while the lead was being made: then nobody else tells its owner.
 */
async function followLink(desk: Desk, linked: Conversation, lead: Lead, by: Actor): Promise<void> {
  desk.bus.publish({ type: 'conversation.changed', conversation: linked });
  const { ownerId, why } = linked.session;
  if (ownerId !== null && lead.ownerId === null)
    await adoptLead(desk, lead.id, { from: null, to: ownerId }, by, why ?? '');
}

async function reasonAgainst(
  desk: Desk,
  conversation: Conversation,
  contact: Contact,
): Promise<string | null> {
  const line = await desk.directory.line(conversation.lineId);
  if (!line?.autoLead) return 'The line makes no leads by itself.';
  const { reachableLater = true } = desk.channels.get(conversation.channelType)?.capabilities ?? {};
  if (reachableLater || contact.phones.length > 0 || contact.emails.length > 0) return null;
  return 'The person left neither phone nor e-mail, and this chat ends with its page.';
}

function madeEntry(desk: Desk, lead: Lead, by: Actor): NewEntry {
  const after = { name: lead.name, status: lead.status, ownerId: lead.ownerId };
  return entryOf(
    desk,
    { kind: 'lead', id: lead.id },
    by,
    { what: `Lead L${lead.number} made on first contact.`, before: null, after },
    `The customer wrote by ${desk.channels.get(lead.source.channel)?.title ?? lead.source.channel}.`,
  );
}
