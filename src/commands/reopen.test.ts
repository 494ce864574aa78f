import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/reopen', () => {
  it('opens a closed talk again, for the speaker', async () => {
    const { conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const inTalk = { conversationId: conversation.id };
    await sales.run(sales.ann, '/close', inTalk);
    const answer = await sales.run(sales.ann, '/reopen', inTalk);
    expect(answer.card).toMatchObject({
      tone: 'good',
      title: 'The talk with Lee is open again, and yours',
    });
    const now = await sales.desk.stores.conversations.get(conversation.id);
    expect(now?.session).toMatchObject({ number: 2, state: 'open', ownerId: sales.ann.user.id });
  });

  it('says when the talk is not closed', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, '/reopen', { conversationId: conversation.id });
    expect(answer.card).toMatchObject({ tone: 'bad', title: 'This talk is not closed.' });
  });
});
