import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';
import { createDeal } from '../desk/crm/create-deal.ts';
import { createLead } from '../desk/crm/create-lead.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/find', () => {
  it('finds contacts, leads and deals, each leading on', async () => {
    const { contact } = await sales.customer({ name: 'Mara Finder', phones: ['+4930777888'] });
    const lead = await createLead(sales.desk, sales.ann, { name: 'Finder GmbH' });
    const deal = await createDeal(sales.desk, sales.ann, {
      title: 'Finder app',
      amount: { amount: '10', currency: 'EUR' },
    });
    const answer = await sales.run(sales.ann, '/find "finder"');
    expect(answer.card.title).toBe('Found for “finder”');
    expect(itemsOf(answer)).toEqual([
      {
        title: 'Mara Finder',
        detail: 'contact, +4930777888',
        command: `/contact ${contact.number}`,
      },
      {
        title: `L${lead.number} Finder GmbH`,
        detail: 'lead, new',
        command: `/lead L${lead.number}`,
      },
      { title: `#${deal.number} Finder app`, detail: 'deal, Qualification, 10.00 EUR' },
    ]);
    expect(itemsOf(await sales.run(sales.ann, '/find mara fin'))).toHaveLength(1);
    expect(itemsOf(await sales.run(sales.ann, '/find +49 30 777'))).toHaveLength(1);
  });

  it('says when there is nothing', async () => {
    expect((await sales.run(sales.ann, '/find xyzzy')).card).toMatchObject({
      tone: 'warn',
      title: 'Nothing found for “xyzzy”',
    });
  });

  it('asks what to find', async () => {
    expect((await sales.run(sales.ann, '/find')).card).toMatchObject({ tone: 'bad' });
  });
});
