import { Refusal } from '../../base/errors.ts';
import type { LeadBody, LeadView } from '../../contract/wire.ts';
import type { Lead } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { leadView } from '../views/crm.ts';
import { nameField, noteField, ownerField } from './fields.ts';
import { isOpen, LEAD_WORDS } from './lead-words.ts';
import { permitRecord } from './reach.ts';
import { differenceOf, entryOf } from './record-change.ts';
import { turns } from './turns.ts';

/** What can change of a lead that is there. */
export type LeadChange = Pick<LeadBody, 'name' | 'status' | 'ownerId' | 'note' | 'why'>;

/** Changes a lead; what differs goes into its timeline with `why`. */
export function changeLead(
  desk: Desk,
  who: Principal,
  id: string,
  body: LeadChange,
): Promise<LeadView> {
  return turns.run(`lead:${id}`, async () => {
    const lead = await desk.stores.leads.get(id);
    if (!lead) throw new Refusal('not_found', 'There is no such lead.');
    await permitRecord(desk, who, 'lead.change', 'change this lead', lead);
    const difference = differenceOf(lead, await readChange(desk, body), LEAD_WORDS);
    if (!difference) return leadView(desk, lead);
    await refuseSecondOpen(desk, lead, body);
    const { after } = difference;
    const entry = entryOf(desk, { kind: 'lead', id }, actorOf(who), difference, body.why ?? null);
    const changed = await desk.stores.leads.change(id, after, desk.clock.now(), entry);
    if (!changed) throw new Refusal('not_found', 'This lead was deleted.');
    desk.bus.publish({ type: 'lead.changed', leadId: id, contactId: changed.contactId });
    return leadView(desk, changed);
  });
}

async function readChange(desk: Desk, body: LeadChange): Promise<Partial<Lead>> {
  return {
    ...(body.name === undefined ? {} : { name: nameField(body.name, 'name') }),
    ...(body.status === undefined ? {} : { status: body.status }),
    ...(body.note === undefined ? {} : { note: noteField(body.note) }),
    ...(body.ownerId === undefined ? {} : { ownerId: await ownerField(desk, body.ownerId) }),
  };
}

async function refuseSecondOpen(desk: Desk, lead: Lead, { status }: LeadChange): Promise<void> {
  if (status === undefined || !isOpen(status) || isOpen(lead.status) || lead.contactId === null)
    return;
  const other = await desk.stores.leads.openOfContact(lead.contactId);
  if (other)
    throw new Refusal('duplicate', `This contact already has the open lead L${other.number}.`, {
      field: 'status',
      facts: { leadId: other.id },
    });
}
