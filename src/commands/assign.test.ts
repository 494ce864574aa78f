import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/assign', () => {
  const assign = async (text: string) => {
    const { conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    const now = await sales.desk.stores.conversations.get(conversation.id);
    return { answer, ownerId: now?.session.ownerId };
  };

  it.each(['/assign @bob', '/assign bob', '!assign @BOB'])(
    'gives the talk away with %s',
    async (text) => {
      const { answer, ownerId } = await assign(text);
      expect(answer.card).toMatchObject({ tone: 'good', title: 'Bob has the talk with Lee now' });
      expect(ownerId).toBe(sales.bob.user.id);
    },
  );

  it('names who was perhaps meant', async () => {
    const { answer, ownerId } = await assign('/assign @bo');
    expect(answer.card).toMatchObject({
      tone: 'bad',
      title: 'Nobody here is called @bo. Perhaps @bob?',
    });
    expect(ownerId).toBe(sales.ann.user.id);
  });

  it.each(['/assign', '/assign @ann @bob', '/assign to=@bob', '/assign "@bob baker"'])(
    'does not understand %s',
    async (text) => {
      const { answer, ownerId } = await assign(text);
      expect(answer.card).toMatchObject({ tone: 'bad', title: '/assign was not understood' });
      expect(ownerId).toBe(sales.ann.user.id);
    },
  );
});
