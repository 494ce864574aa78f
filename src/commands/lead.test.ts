import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';
import { ensureLead } from '../desk/crm/ensure-lead.ts';
import { SYSTEM } from '../domain/events/events.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/lead', () => {
  it('shows the lead of this talk, in the speaker’s time zone', async () => {
    sales.clock.set('2026-11-02T10:00:00Z');
    const { conversation, contact } = await sales.customer({ name: 'Lee', owner: sales.ann });
    await ensureLead(sales.desk, conversation, contact, SYSTEM);
    const answer = await sales.run(sales.ann, '/lead', { conversationId: conversation.id });
    const lead = await sales.desk.stores.leads.openOfContact(contact.id);
    expect(answer.card.title).toBe(`Lead L${lead?.number}: Lee`);
    expect(fieldsOf(answer)).toMatchObject({
      Status: 'new',
      Owner: 'Ann',
      Made: '2 Nov 2026, 11:00',
    });
    for (const text of [
      `/lead L${lead?.number}`,
      `/lead ${lead?.number}`,
      `!lead l${lead?.number}`,
    ])
      expect((await sales.run(sales.bob, text)).card.title).toBe(answer.card.title);
  });

  it('says when the talk has none', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, '/lead', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'warn', title: 'This talk has no lead' });
  });

  it.each([
    ['/lead', 'Which lead?'],
    ['/lead L999999', 'There is no such lead.'],
    ['/lead five', '/lead was not understood'],
    ['/lead L5 L6', '/lead was not understood'],
  ])('answers %s outside of a talk with “%s”', async (text, title) => {
    expect((await sales.run(sales.ann, text)).card).toMatchObject({ tone: 'bad', title });
  });
});
