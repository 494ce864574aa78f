import { Refusal } from '../../base/errors.ts';
import type { ConversationDetail, LeadBody, LeadView } from '../../contract/wire.ts';
import type { Lead, NewEntry } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { readTalk } from '../talks/read-talk.ts';
import { leadView } from '../views/crm.ts';
import { contactField, nameField, noteField, ownerField } from './fields.ts';
import { permitRecord } from './reach.ts';
import { entryOf } from './record-change.ts';

/**
 * Makes a lead by hand; without an owner given, the maker's. A contact has one open lead: a second
 * is `duplicate`.
 */
export async function createLead(desk: Desk, who: Principal, body: LeadBody): Promise<LeadView> {
  if (body.name === undefined) throw new Refusal('malformed', 'name: give one.', { field: 'name' });
  const ownerId = body.ownerId === undefined ? who.user.id : body.ownerId;
  await permitRecord(desk, who, 'lead.change', 'make leads', { ownerId });
  const talk = body.conversationId ? await readTalk(desk, who, body.conversationId) : null;
  const contactId = talk?.contact.id ?? (await contactField(desk, body.contactId ?? null));
  const lead = {
    name: nameField(body.name, 'name'),
    status: body.status ?? 'new',
    source: sourceOf(talk),
    ownerId: await ownerField(desk, ownerId),
    conversationId: talk?.id ?? null,
    note: noteField(body.note ?? ''),
  } as const;
  const at = desk.clock.now();
  const after = { name: lead.name, status: lead.status, ownerId: lead.ownerId };
  const entry = ({ id, number }: Lead): NewEntry =>
    entryOf(
      desk,
      { kind: 'lead', id },
      actorOf(who),
      { what: `Lead L${number} made.`, before: null, after },
      body.why ?? null,
    );
  const made =
    contactId === null
      ? { lead: await desk.stores.leads.create({ ...lead, contactId }, at, entry), created: true }
      : await desk.stores.leads.findOrCreateOpen({ ...lead, contactId }, at, entry);
  if (!made.created)
    throw new Refusal('duplicate', `This contact already has the open lead L${made.lead.number}.`, {
      field: 'contactId',
      facts: { leadId: made.lead.id },
    });
  desk.bus.publish({
    type: 'lead.created',
    leadId: made.lead.id,
    contactId,
    conversationId: lead.conversationId,
  });
  if (talk && talk.leadId === null) await linkTalk(desk, talk.id, made.lead.id);
  return leadView(desk, made.lead);
}

function sourceOf(talk: ConversationDetail | null) {
  return {
    channel: talk?.channelType ?? 'manual',
    lineId: talk?.lineId ?? null,
    accountId: talk?.channelId ?? null,
    origin: talk?.origin ?? null,
  };
}

async function linkTalk(desk: Desk, conversationId: string, leadId: string): Promise<void> {
  const conversation = await desk.stores.conversations.setLead(conversationId, leadId);
  if (conversation) desk.bus.publish({ type: 'conversation.changed', conversation });
}
