import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import { changeLead } from './change-lead.ts';
import { createLead } from './create-lead.ts';
import { listLeads } from './list-leads.ts';
import { readLead } from './read-lead.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const newLead = (name: string, who = sales.ann) => createLead(sales.desk, who, { name });

describe('createLead', () => {
  it('makes the lead of a talk, with its contact and source', async () => {
    const { contact, conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const lead = await createLead(sales.desk, sales.ann, {
      name: 'Lee',
      conversationId: conversation.id,
      why: 'Asked for an offer',
    });
    expect(lead).toMatchObject({
      status: 'new',
      contactId: contact.id,
      contactName: 'Lee',
      ownerId: sales.ann.user.id,
      ownerName: 'Ann',
      source: { channel: 'sandbox', lineId: sales.shop.id },
    });
    expect((await sales.desk.stores.conversations.get(conversation.id))?.leadId).toBe(lead.id);
    const { items } = await sales.desk.stores.timeline.of(
      { kind: 'lead', id: lead.id },
      { limit: 5 },
    );
    expect(items).toMatchObject([
      { what: `Lead L${lead.number} made.`, why: 'Asked for an offer', before: null },
    ]);
  });

  it('refuses a second open lead of one contact, naming the first, however many ask at once', async () => {
    const { contact } = await sales.customer();
    const made = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        createLead(sales.desk, sales.ann, { name: 'Lee', contactId: contact.id }),
      ),
    );
    const [first] = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(9);
    for (const refusal of refused)
      expect(refusal).toMatchObject({ code: 'duplicate', facts: { leadId: first?.id } });
  });

  it('is refused for a talk that one may not see', async () => {
    const other = await sales.line('Other', [sales.bob]);
    const { conversation } = await sales.customer({ line: other });
    await expect(
      createLead(sales.desk, sales.ann, { name: 'Lee', conversationId: conversation.id }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('changeLead', () => {
  it('writes who, what, before, after and why, and tells the bus', async () => {
    const lead = await newLead('Lee');
    sales.clock.advance(60_000);
    const changed = await changeLead(sales.desk, sales.ann, lead.id, {
      status: 'in work',
      why: 'Called back',
    });
    expect(changed).toMatchObject({
      status: 'in work',
      updatedAt: sales.clock.now().toISOString(),
    });
    const { items } = await sales.desk.stores.timeline.of(
      { kind: 'lead', id: lead.id },
      { limit: 5 },
    );
    expect(items[0]).toMatchObject({
      who: { id: sales.ann.user.id },
      what: 'Status: new → in work.',
      before: { status: 'new' },
      after: { status: 'in work' },
      why: 'Called back',
    });
    expect(sales.events).toContainEqual({ type: 'lead.changed', leadId: lead.id, contactId: null });
  });

  it('is for its owner, and for who has its talk', async () => {
    const own = await newLead('Ann’s');
    await expect(changeLead(sales.desk, sales.bob, own.id, { note: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { conversation } = await sales.customer({ owner: sales.bob });
    const talks = await createLead(sales.desk, sales.boss, {
      name: 'Lee',
      conversationId: conversation.id,
    });
    expect(await changeLead(sales.desk, sales.bob, talks.id, { note: 'x' })).toMatchObject({
      note: 'x',
    });
  });

  it('refuses to open a lead again beside a newer open one', async () => {
    const { contact } = await sales.customer();
    const body = { name: 'Lee', contactId: contact.id };
    const old = await createLead(sales.desk, sales.boss, body);
    await changeLead(sales.desk, sales.boss, old.id, { status: 'junk' });
    const newer = await createLead(sales.desk, sales.boss, body);
    await expect(
      changeLead(sales.desk, sales.boss, old.id, { status: 'new' }),
    ).rejects.toMatchObject({
      code: 'duplicate',
      facts: { leadId: newer.id },
    });
    expect(await changeLead(sales.desk, sales.boss, old.id, { note: 'spam' })).toMatchObject({
      status: 'junk',
    });
  });
});

describe('listLeads and readLead', () => {
  it('filter by status, owner, contact and name', async () => {
    const lead = await newLead('Quentin Filter', sales.bob);
    await changeLead(sales.desk, sales.bob, lead.id, { status: 'junk' });
    await newLead('Quentin Filter', sales.bob);
    const list = (filter: Parameters<typeof listLeads>[2]) =>
      listLeads(sales.desk, sales.ann, filter, { limit: 50 });
    expect((await list({ q: 'quen', status: 'junk' })).items).toMatchObject([{ id: lead.id }]);
    expect((await list({ q: 'quen', ownerId: sales.bob.user.id })).items).toHaveLength(2);
    expect((await list({ q: 'quen', ownerId: sales.ann.user.id })).items).toEqual([]);
    expect((await list({ contactId: '0'.repeat(24) })).items).toEqual([]);
  });

  it('know no lead that is not there', async () => {
    await expect(readLead(sales.desk, sales.ann, '0'.repeat(24))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
