import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('/close', () => {
  const close = async (text: string) => {
    const { conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    const now = await sales.desk.stores.conversations.get(conversation.id);
    return { answer, session: now?.session };
  };

  it.each([
    ['/close', null],
    ['/close won', 'won'],
    ['!close LOST', 'lost'],
    ['/close spam', 'spam'],
  ])('ends the talk with %s', async (text, outcome) => {
    const { answer, session } = await close(text);
    expect(answer.card).toMatchObject({
      tone: 'good',
      title: 'The talk with Lee is closed',
      buttons: [{ label: 'Reopen', command: '/reopen' }],
    });
    expect(session).toMatchObject({ state: 'closed', outcome });
  });

  it.each(['/close soon', '/close won lost', '/close outcome=won'])(
    'does not understand %s',
    async (text) => {
      const { answer, session } = await close(text);
      expect(answer.card.tone).toBe('bad');
      expect(answer.text).toContain('one of won, lost, spam');
      expect(session?.state).toBe('open');
    },
  );
});
