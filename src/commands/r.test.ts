import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const TYPED = '  Is it 27" or 30"?\n\nBest, "Ann" k=v ';

const answers = async (conversationId: string) =>
  (await sales.desk.stores.messages.before(conversationId, Infinity, 50)).filter(
    ({ direction }) => direction === 'out',
  );

describe('/r', () => {
  it('sends the text exactly as typed', async () => {
    const { conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const answer = await sales.run(sales.ann, `/r ${TYPED}`, { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'good', title: 'On its way to Lee' });
    expect(await answers(conversation.id)).toMatchObject([
      { text: TYPED, author: { id: sales.ann.user.id }, delivery: { state: expect.any(String) } },
    ]);
  });

  it('is one message however often the same line is sent', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const again = { conversationId: conversation.id, clientId: 'one-click' };
    await Promise.all([
      sales.run(sales.ann, '/r hello', again),
      sales.run(sales.ann, '/r hello', again),
      sales.run(sales.ann, '/r hello', again),
    ]);
    expect(await answers(conversation.id)).toHaveLength(1);
    await sales.run(sales.ann, '/r hello', { conversationId: conversation.id });
    expect(await answers(conversation.id)).toHaveLength(2);
  });

  it('does not answer over a colleague whom the writer has not seen', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const inTalk = { conversationId: conversation.id };
    await sales.run(sales.boss, '/r We are on it.', inTalk);
    const answer = await sales.run(sales.ann, '/r Hello?', { ...inTalk, seenSeq: 0 });
    expect(answer.card).toMatchObject({ tone: 'bad' });
    expect(answer.text).toContain('Cleo');
    expect(await answers(conversation.id)).toHaveLength(1);
  });

  it('wants some text', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, '/r', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'bad', title: '/r was not understood' });
    expect(await answers(conversation.id)).toEqual([]);
  });
});
