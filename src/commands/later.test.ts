import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';
import { cancelScheduled } from '../desk/later/cancel-scheduled.ts';
import { listScheduled } from '../desk/later/list-scheduled.ts';
import { sendScheduled } from '../desk/later/send-scheduled.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const said = async (id: string): Promise<string[]> =>
  (await sales.desk.stores.messages.before(id, Infinity, 20))
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text);

describe('/later', () => {
  it('keeps the answer until its time, in the zone of who writes it, then sends it once', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    // Monday 2 November 2026, 11:00 in Berlin.
    sales.clock.set('2026-11-02T10:00:00Z');
    const answer = await sales.run(sales.ann, '/later "Did it arrive?" fri 10:00', {
      conversationId: conversation.id,
    });
    expect(answer.card).toMatchObject({ tone: 'good' });
    expect(answer.card.title).toContain('Friday');
    expect(await listScheduled(sales.desk, sales.ann, conversation.id)).toMatchObject([
      {
        text: 'Did it arrive?',
        seq: 0,
        sendAt: '2026-11-06T09:00:00.000Z',
        delivery: { state: 'queued' },
      },
    ]);
    expect(await sales.desk.stores.messages.before(conversation.id, Infinity, 9)).toEqual([]);
    sales.clock.set('2026-11-06T08:59:59Z');
    await sendScheduled(sales.desk);
    expect(await said(conversation.id)).toEqual([]);
    sales.clock.set('2026-11-06T09:00:00Z');
    await Promise.all([sendScheduled(sales.desk), sendScheduled(sales.desk)]);
    await sendScheduled(sales.desk);
    expect(await said(conversation.id)).toEqual(['Did it arrive?']);
    expect(await listScheduled(sales.desk, sales.ann, conversation.id)).toEqual([]);
  });

  it('sends nothing that was taken back', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    await sales.run(sales.ann, '/later "Hello" in 2 hours', { conversationId: conversation.id });
    const [item] = await listScheduled(sales.desk, sales.ann, conversation.id);
    await expect(cancelScheduled(sales.desk, sales.bob, item?.id ?? '')).rejects.toMatchObject({
      code: expect.stringMatching(/forbidden|not_found/),
    });
    await cancelScheduled(sales.desk, sales.ann, item?.id ?? '');
    sales.clock.advance(3 * 3_600_000);
    await sendScheduled(sales.desk);
    expect(await said(conversation.id)).toEqual([]);
    await expect(cancelScheduled(sales.desk, sales.ann, item?.id ?? '')).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is not sent by who may not answer any more, and its writer hears of it', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    await sales.run(sales.ann, '/later "Hello" in 2 hours', { conversationId: conversation.id });
    await sales.desk.stores.conversations.claim(
      conversation.id,
      { sessionId: conversation.session.id, ownerId: sales.ann.user.id },
      sales.bob.user.id,
      sales.clock.now(),
      'Taken over.',
    );
    sales.clock.advance(3 * 3_600_000);
    await sendScheduled(sales.desk);
    expect(await said(conversation.id)).toEqual([]);
    expect(await listScheduled(sales.desk, sales.bob, conversation.id)).toMatchObject([
      { delivery: { state: 'failed', detail: expect.stringContaining('Bob has this talk') } },
    ]);
    expect(sales.events).toContainEqual(
      expect.objectContaining({ type: 'alert', audience: { userIds: [sales.ann.user.id] } }),
    );
  });

  it.each([
    '/later',
    '/later "Hello"',
    '/later "" tomorrow',
    '/later "Hello" someday maybe',
    '/later "Hello" yesterday 10:00',
  ])('is refused, and nothing is kept: %s', async (text) => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, text, { conversationId: conversation.id });
    expect(answer.card.tone).toBe('bad');
    expect(await listScheduled(sales.desk, sales.ann, conversation.id)).toEqual([]);
  });
});
