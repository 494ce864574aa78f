import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const contactNow = (id: string) => sales.desk.stores.contacts.get(id);

describe('/contact set', () => {
  it('sets name, phone and e-mail in one go; earlier ones stay behind', async () => {
    const { conversation, contact } = await sales.customer({ phones: ['+442079460958'] });
    const answer = await sales.run(
      sales.ann,
      '/contact set name=“Ann Lee” phone=+4930123456 email=A@b.c',
      { conversationId: conversation.id },
    );
    expect(answer.card).toMatchObject({ tone: 'good', title: 'Contact changed' });
    expect(fieldsOf(answer)).toMatchObject({ Name: 'Ann Lee', 'E-mail': 'a@b.c' });
    expect(await contactNow(contact.id)).toMatchObject({
      name: 'Ann Lee',
      phones: ['+4930123456', '+442079460958'],
      emails: ['a@b.c'],
    });
  });

  it('makes a known phone the main one instead of a second one', async () => {
    const { conversation, contact } = await sales.customer({
      phones: ['+442079460958', '+4930123456'],
    });
    await sales.run(sales.ann, '/contact set phone="+49 30 123456"', {
      conversationId: conversation.id,
    });
    expect((await contactNow(contact.id))?.phones).toEqual(['+4930123456', '+442079460958']);
  });

  it.each([
    ['/contact set', 'Name what to set'],
    ['/contact set lee', '“lee” belongs to nothing.'],
    ['/contact set name=Ann Lee', '“Lee” belongs to nothing.'],
    ['/contact set mail=a@b.c', '“mail=” is not known here.'],
    ['/contact set name=New phone=123', '“123”'],
    ['/contact set name=New email=nobody', '“nobody” is no e-mail address'],
    ['/contact set name=', 'The name is empty.'],
  ])('changes nothing with %s', async (text, why) => {
    const { conversation, contact } = await sales.customer({ name: 'Lee' });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    expect(answer.card.tone).toBe('bad');
    expect(answer.text).toContain(why);
    expect(await contactNow(contact.id)).toEqual(contact);
  });
});
