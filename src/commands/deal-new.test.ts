import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const allDeals = async () => (await sales.desk.stores.deals.list({}, { limit: 200 })).items;

describe('/deal new', () => {
  it.each([
    ['/deal new "Website redesign" 5000 EUR', 'Website redesign', '5000.00 EUR'],
    ['/deal new “Website redesign” 5000 eur', 'Website redesign', '5000.00 EUR'],
    ['/deal new Website redesign 5000.50', 'Website redesign', '5000.50 EUR'],
    ['/deal new "Phase 2" 450USD', 'Phase 2', '450.00 USD'],
    ['/deal new "Phase 2" "1 200,5" EUR', 'Phase 2', '1200.50 EUR'],
  ])('makes a deal of %s', async (text, title, amount) => {
    await sales.desk.stores.settings.change({ currency: 'EUR' });
    const answer = await sales.run(sales.ann, text);
    expect(answer.card.tone).toBe('good');
    expect(answer.card.title).toMatch(new RegExp(`^Deal #\\d+: ${title}$`));
    expect(fieldsOf(answer)).toEqual({ Amount: amount, Stage: 'Qualification', Owner: 'Ann' });
  });

  it('is for the customer of the talk', async () => {
    const { conversation, contact } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const answer = await sales.run(sales.ann, '/deal new "Roof" 900 EUR', {
      conversationId: conversation.id,
    });
    expect(fieldsOf(answer).Customer).toBe('Lee');
    const [deal] = await allDeals();
    expect(deal).toMatchObject({ contactId: contact.id, conversationId: conversation.id });
  });

  it.each([
    '/deal new',
    '/deal new "Website"',
    '/deal new 5000 EUR',
    '/deal new "" 5000',
    '/deal new Website 5 000 EUR',
    '/deal new "Website" five',
    '/deal new "Website" -5',
    '/deal new "Website" 5000 EUR stage=won',
    '/deal new "Website" 5,000 EUR',
    '/deal new "Website" 5000 XQX',
    '/deal new "Website" 5000USD EUR',
  ])('makes none of %s, and shows how it is written', async (text) => {
    const before = (await allDeals()).length;
    const answer = await sales.run(sales.ann, text);
    expect(answer.card.tone).toBe('bad');
    expect(fieldsOf(answer).Example).toBe('/deal new "Website redesign" 5000 EUR');
    expect(await allDeals()).toHaveLength(before);
  });
});
