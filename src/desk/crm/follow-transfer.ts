import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Actor } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { adoptLead, ownerFollows } from './adopt-lead.ts';
import { entryOf } from './record-change.ts';
import { turns } from './turns.ts';

/** Open deals of one customer that follow; more belong to nobody's ordinary day. */
const MOST_DEALS = 100;

/**
 * A talk was handed on from `before` to whoever has it now: where the line says so, what `before` owned of this customer
 * goes along: the contact, the lead while it is open, the open deals. What somebody else owns stays theirs.
 */
export async function followTransfer(
  desk: Desk,
  conversation: Conversation,
  before: string,
  by: Actor,
  why: string,
): Promise<void> {
  const { contactId, leadId, lineId, session } = conversation;
  const ownerId = session.ownerId;
  const line = ownerId && ownerId !== before ? await desk.stores.lines.get(lineId) : null;
  if (!ownerId || !line?.ownerFollows) return;
  const difference = ownerFollows({ from: before, to: ownerId });
  const { contacts, deals } = desk.stores;

  await turns.run(`contact:${contactId}`, async () => {
    if ((await contacts.get(contactId))?.ownerId !== before) return;
    const entry = entryOf(desk, { kind: 'contact', id: contactId }, by, difference, why);
    await contacts.change(contactId, { ownerId }, entry);
    desk.bus.publish({ type: 'contact.changed', contactId });
  });
  if (leadId !== null) await adoptLead(desk, leadId, { from: before, to: ownerId }, by, why);
  const filter = { state: 'open', ownerIds: [before], contactId } as const;
  const { items } = await deals.list(filter, { limit: MOST_DEALS });
  for (const { id } of items)
    await turns.run(`deal:${id}`, async () => {
      const deal = await deals.get(id);
      if (deal?.ownerId !== before || deal.state !== 'open') return;
      const entry = entryOf(desk, { kind: 'deal', id }, by, difference, why);
      await deals.change(id, { ownerId }, desk.clock.now(), entry);
      desk.bus.publish({ type: 'deal.changed', dealId: id });
    });
}
