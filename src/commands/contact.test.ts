import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/contact', () => {
  it('shows the customer of this talk', async () => {
    const { conversation, contact } = await sales.customer({
      name: 'Lee',
      phones: ['+4930123456'],
    });
    const answer = await sales.run(sales.ann, '/contact', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({
      title: 'Lee',
      buttons: [{ label: 'Lead', command: '/lead' }],
    });
    expect(fieldsOf(answer)).toEqual({
      Number: String(contact.number),
      Phone: '+4930123456',
      'Writes by': 'Shop chat (@lee)',
    });
    expect((await sales.run(sales.ann, `/contact ${contact.number}`)).card.title).toBe('Lee');
  });

  it.each([
    ['/contact', 'Which contact?'],
    ['/contact 999999', 'There is no such contact.'],
    ['/contact lee', '/contact was not understood'],
  ])('answers %s outside of a talk with “%s”', async (text, title) => {
    expect((await sales.run(sales.ann, text)).card).toMatchObject({ tone: 'bad', title });
  });
});
