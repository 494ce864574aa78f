import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/help', () => {
  it('lists what the speaker may use, each leading to its own help', async () => {
    const all = itemsOf(await sales.run(sales.ann, '/help'));
    expect(all).toContainEqual({
      title: '/take',
      detail: 'Makes this talk yours',
      command: '/help take',
    });
    const reader = { ...sales.ann, grants: { 'lead.read': 'all' as const } };
    expect(itemsOf(await sales.run(reader, '/help')).map(({ title }) => title)).toEqual([
      '/help [command]',
      '/lead [L5]',
      '/status online [now]|break|offline',
    ]);
  });

  it.each(['/help deal', '/help /deal', '!help DEAL new'])('explains with %s', async (text) => {
    const { card, text: words } = await sales.run(sales.ann, text);
    expect(card.tone).toBeUndefined();
    expect(words).toContain('/deal new "title" amount [currency]');
    expect(words).toContain('/deal new "Website redesign" 5000 EUR');
  });

  it('says when there is no such command, and lists those that are', async () => {
    const answer = await sales.run(sales.ann, '/help juggle');
    expect(answer.card).toMatchObject({ tone: 'bad', title: 'There is no command /juggle' });
    expect(itemsOf(answer).length).toBeGreaterThan(5);
  });
});
