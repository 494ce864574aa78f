import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const TYPED = '  She said: "call me, don\'t write"\n\n  k=v “5 o\'clock  ';

describe('/note', () => {
  it('keeps the text exactly as typed, where no customer can get it', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, `/note ${TYPED}`, {
      conversationId: conversation.id,
    });
    expect(answer.card).toMatchObject({ tone: 'good', title: 'Note kept' });
    const [message] = await sales.desk.stores.messages.before(conversation.id, Infinity, 1);
    expect(message).toMatchObject({ direction: 'note', text: TYPED, delivery: null });
  });

  it.each(['/note', '/note   \n'])('wants some text: %j', async (text) => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'bad', title: '/note was not understood' });
    expect(await sales.desk.stores.messages.before(conversation.id, Infinity, 1)).toEqual([]);
  });
});
