import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/take', () => {
  it('makes the talk the speaker’s', async () => {
    const { conversation } = await sales.customer({ name: 'Lee' });
    const answer = await sales.run(sales.ann, '/take', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'good', title: 'The talk with Lee is yours' });
    expect((await sales.desk.stores.conversations.get(conversation.id))?.session.ownerId).toBe(
      sales.ann.user.id,
    );
  });

  it('says who was faster', async () => {
    const { conversation } = await sales.customer({ owner: sales.bob });
    const answer = await sales.run(sales.ann, '/take', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'bad' });
    expect(answer.text).toContain('Bob');
  });

  it('takes no words', async () => {
    const { conversation } = await sales.customer();
    const answer = await sales.run(sales.ann, '/take it', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'bad', title: '/take was not understood' });
    expect(
      (await sales.desk.stores.conversations.get(conversation.id))?.session.ownerId,
    ).toBeNull();
  });
});
