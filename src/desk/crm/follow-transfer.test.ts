import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/harness/until.ts';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import { assignTalk } from '../talks/assign-talk.ts';
import { createDeal } from './create-deal.ts';
import { changeContact } from './change-contact.ts';
import { changeDeal } from './change-deal.ts';
import { changeLead } from './change-lead.ts';
import { ensureLead } from './ensure-lead.ts';

let sales: Sales;
let following: Line;
beforeAll(async () => {
  sales = await openSales();
  following = await sales.line('Following', [sales.ann, sales.bob], { ownerFollows: true });
});
afterAll(() => sales.close());

const idOf = ({ user }: Principal): string => user.id;
/** Ann's talk, with a contact, a lead and two deals; one deal is won. */
async function customerOf(line: Line) {
  const { desk, boss, ann } = sales;
  const { conversation, contact } = await sales.customer({ line, owner: ann });
  await ensureLead(desk, conversation, contact, SYSTEM);
  const leadId = (await desk.stores.conversations.get(conversation.id))?.leadId ?? '';
  const [open, won] = await Promise.all(
    ['Desk', 'Chair'].map((title) =>
      createDeal(desk, boss, { title, contactId: contact.id, ownerId: idOf(ann) }),
    ),
  );
  await changeDeal(desk, boss, won?.id ?? '', { state: 'won' });
  await changeContact(desk, boss, contact.id, { ownerId: idOf(ann) });
  await changeLead(desk, boss, leadId, { ownerId: idOf(ann) });
  const owners = async () => ({
    contact: (await desk.stores.contacts.get(contact.id))?.ownerId,
    lead: (await desk.stores.leads.get(leadId))?.ownerId,
    open: (await desk.stores.deals.get(open?.id ?? ''))?.ownerId,
    won: (await desk.stores.deals.get(won?.id ?? ''))?.ownerId,
  });
  return { conversation, contact, leadId, owners };
}

describe('a talk that is handed on', () => {
  it('takes along what its owner owned of the customer, and says so', async () => {
    const { desk, boss, ann, bob } = sales;
    const { conversation, contact, leadId, owners } = await customerOf(following);
    await assignTalk(desk, boss, conversation.id, idOf(bob));
    await until('the deal follows', async () => (await owners()).open === idOf(bob));
    expect(await owners()).toEqual({
      contact: idOf(bob),
      lead: idOf(bob),
      open: idOf(bob),
      won: idOf(ann),
    });
    expect(await sales.timeline('contact', contact.id)).toContain('Owner follows the talk.');
    expect(await sales.timeline('lead', leadId)).toContain('Owner follows the talk.');
  });

  it('leaves what belongs to somebody else', async () => {
    const { desk, boss, bob } = sales;
    const { conversation, contact, owners } = await customerOf(following);
    await changeContact(desk, boss, contact.id, { ownerId: idOf(boss) });
    await assignTalk(desk, boss, conversation.id, idOf(bob));
    await until('the deal follows', async () => (await owners()).open === idOf(bob));
    expect((await owners()).contact).toBe(idOf(boss));
  });

  it('changes nothing on a line that does not say so', async () => {
    const { desk, boss, ann, bob } = sales;
    const { conversation, owners } = await customerOf(sales.shop);
    const before = await owners();
    await assignTalk(desk, boss, conversation.id, idOf(bob));
    // A later talk on the other line shows that this one had its time.
    const later = await customerOf(following);
    await assignTalk(desk, boss, later.conversation.id, idOf(bob));
    await until('the later one follows', async () => (await later.owners()).open === idOf(bob));
    expect(await owners()).toEqual(before);
    expect(before.contact).toBe(idOf(ann));
  });
});
