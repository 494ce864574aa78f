import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Lead } from '../../domain/crm/records.ts';
import { until } from '../../../test/harness/until.ts';
import { openSales } from '../../../test/harness/sales.ts';
import type { Customer, Sales } from '../../../test/harness/sales.ts';
import { takeTalk } from '../talks/take-talk.ts';
import { changeContact } from './change-contact.ts';
import { changeLead } from './change-lead.ts';
import { createLead } from './create-lead.ts';
import { ensureLead } from './ensure-lead.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const ensure = ({ conversation, contact }: Customer) =>
  ensureLead(sales.desk, conversation, contact, SYSTEM);
async function leadsOf(contactId: string): Promise<Lead[]> {
  return (await sales.desk.stores.leads.list({ contactId }, { limit: 50 })).items;
}
const talkOf = (customer: Customer) =>
  sales.desk.stores.conversations.get(customer.conversation.id);

describe('ensureLead', () => {
  it('makes a lead on first contact, links it to the talk, and says so', async () => {
    const customer = await sales.customer({ name: 'Lee' });
    const made = await ensure(customer);
    expect(made).toMatchObject({ status: 'made', conversation: { id: customer.conversation.id } });
    const [lead] = await leadsOf(customer.contact.id);
    expect(lead).toMatchObject({
      name: 'Lee',
      status: 'new',
      ownerId: null,
      conversationId: customer.conversation.id,
      source: { channel: 'sandbox', lineId: sales.shop.id, accountId: sales.chat.id },
    });
    expect((await talkOf(customer))?.leadId).toBe(lead?.id);
    expect(await sales.timeline('lead', lead?.id ?? '')).toEqual([
      `Lead L${lead?.number} made on first contact.`,
    ]);
    expect(sales.events).toContainEqual({
      type: 'lead.created',
      leadId: lead?.id,
      contactId: customer.contact.id,
      conversationId: customer.conversation.id,
    });
  });

  it('makes one lead and one timeline entry when fifty messages arrive at once', async () => {
    const customer = await sales.customer();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ensure(customer)));
    expect(answers.filter(({ status }) => status === 'made')).toHaveLength(1);
    const leads = await leadsOf(customer.contact.id);
    expect(leads).toHaveLength(1);
    expect(await sales.timeline('lead', leads[0]?.id ?? '')).toHaveLength(1);
    const told = sales.events.filter(
      (event) => event.type === 'lead.created' && event.contactId === customer.contact.id,
    );
    expect(told).toHaveLength(1);
  });

  it('makes none on a line that does not want it', async () => {
    const quiet = await sales.line('Quiet', [sales.ann], { autoLead: false });
    const customer = await sales.customer({ line: quiet });
    expect(await ensure(customer)).toMatchObject({
      status: 'none',
      why: expect.stringContaining('line'),
    });
    expect(await leadsOf(customer.contact.id)).toEqual([]);
  });

  it('makes none for somebody who can not be contacted back, until they leave a phone', async () => {
    const visitor = await sales.customer({ channelType: 'webchat' });
    expect(await ensure(visitor)).toMatchObject({
      status: 'none',
      why: expect.stringContaining('phone'),
    });
    expect(await leadsOf(visitor.contact.id)).toEqual([]);

    await changeContact(sales.desk, sales.ann, visitor.contact.id, { phones: ['+49 30 123456'] });
    const lead = await until(
      'the lead',
      async () => (await leadsOf(visitor.contact.id))[0] ?? null,
    );
    await until('the link', async () => (await talkOf(visitor))?.leadId === lead.id);
  });

  it('makes one at once for a visitor who is known by e-mail', async () => {
    const visitor = await sales.customer({ channelType: 'webchat', emails: ['lee@example.org'] });
    expect(await ensure(visitor)).toMatchObject({ status: 'made' });
  });

  it('takes the open lead that the contact has already', async () => {
    const customer = await sales.customer();
    const byHand = await createLead(sales.desk, sales.ann, {
      name: 'Lee',
      contactId: customer.contact.id,
    });
    expect(await ensure(customer)).toMatchObject({ status: 'found', leadId: byHand.id });
    expect((await talkOf(customer))?.leadId).toBe(byHand.id);
    expect(await sales.timeline('lead', byHand.id)).toEqual([`Lead L${byHand.number} made.`]);
  });

  it('makes no second lead of a talk whose lead was called junk', async () => {
    const customer = await sales.customer();
    const made = await ensure(customer);
    const leadId = made.status === 'none' ? '' : made.leadId;
    await changeLead(sales.desk, sales.boss, leadId, { status: 'junk' });
    expect(await ensure({ ...customer, conversation: made.conversation })).toMatchObject({
      status: 'found',
      leadId,
    });
    expect(await leadsOf(customer.contact.id)).toHaveLength(1);
  });
});

describe('the owner of a lead', () => {
  const ownerOf = async (customer: Customer) => (await leadsOf(customer.contact.id))[0]?.ownerId;

  it('is the first who takes the talk, and stays when the talk goes on to somebody else', async () => {
    const customer = await sales.customer();
    await ensure(customer);
    await takeTalk(sales.desk, sales.ann, customer.conversation.id);
    await until('the owner', async () => (await ownerOf(customer)) === sales.ann.user.id);
    await sales.run(sales.ann, '/assign @bob', { conversationId: customer.conversation.id });
    await sales.run(sales.bob, '/close', { conversationId: customer.conversation.id });
    expect(await ownerOf(customer)).toBe(sales.ann.user.id);
    const [lead] = await leadsOf(customer.contact.id);
    expect(await sales.timeline('lead', lead?.id ?? '')).toEqual([
      'Owner follows the talk.',
      `Lead L${lead?.number} made on first contact.`,
    ]);
  });

  it('is who has the talk already when the lead is made', async () => {
    const customer = await sales.customer({ owner: sales.bob });
    await ensure(customer);
    expect(await ownerOf(customer)).toBe(sales.bob.user.id);
  });

  it('is who took the talk while the lead was being made', async () => {
    const seen = await sales.customer();
    await takeTalk(sales.desk, sales.ann, seen.conversation.id);
    await ensure(seen);
    expect(await ownerOf(seen)).toBe(sales.ann.user.id);
  });
});
