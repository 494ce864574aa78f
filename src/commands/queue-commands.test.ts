import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, itemsOf } from '../../test/harness/card.ts';
import { openSales } from '../../test/harness/sales.ts';
import type { Sales } from '../../test/harness/sales.ts';
import type { Conversation } from '../domain/conversations/conversation.ts';
import type { Principal } from '../domain/operators/permissions.ts';

let sales: Sales;
let talk: Conversation;
beforeAll(async () => {
  sales = await openSales();
  await sales.line('Support', [sales.bob], {
    hours: { mon: [['09:00', '18:00']] },
    timeZone: 'Europe/Berlin',
  });
});
afterAll(() => sales.close());

/** In a talk that Ann has. */
const run = async (text: string, who: Principal = sales.ann) => {
  ({ conversation: talk } = await sales.customer({ owner: sales.ann }));
  return sales.run(who, text, { conversationId: talk.id });
};
const session = async () => (await sales.desk.stores.conversations.get(talk.id))?.session;

describe('/skip', () => {
  it('gives the talk back, with the reason', async () => {
    expect((await run('/skip speaks French')).card.title).toBe(
      'The talk with Lee goes to the next',
    );
    expect(await session()).toMatchObject({ ownerId: null, tried: [sales.ann.user.id] });
    const { items } = await sales.desk.stores.decisions.ofConversation(talk.id, { limit: 5 });
    expect(items).toContainEqual(expect.objectContaining({ act: 'skip', why: 'speaks French' }));
  });
});

describe('/transfer', () => {
  it('reaches a person, a line, and waits when nobody of a role is free', async () => {
    expect((await run('/transfer @bob "Knows French"')).card).toMatchObject({
      title: 'Bob has the talk with Lee now',
      blocks: [{ text: 'Knows French' }],
    });
    expect((await run('/transfer line:supp')).card.title).toBe('Support has the talk with Lee now');
    expect((await run('/transfer role:administrator')).card.title).toBe(
      'The talk with Lee waits for the first Administrator who is free',
    );
    expect(await session()).toMatchObject({ ownerId: null, role: { id: 'administrator' } });
    expect((await run('/transfer role:nobody')).card).toMatchObject({
      tone: 'bad',
      title: 'Nobody else has the role "nobody".',
    });
  });

  it.each(['/transfer', '/transfer line:', '/transfer line:nowhere', '/transfer @nobody'])(
    'does nothing at %j',
    async (text) => {
      expect((await run(text)).card.tone).toBe('bad');
      expect(await session()).toMatchObject({ ownerId: sales.ann.user.id });
    },
  );
});

describe('/invite', () => {
  it('lets a colleague in', async () => {
    expect((await run('/invite @bob')).card.title).toBe('Bob sees the talk with Lee now');
    expect((await session())?.guests).toEqual([sales.bob.user.id]);
  });
});

describe('/snooze', () => {
  it('reads a time as people say it', async () => {
    const { card } = await run('/snooze tomorrow 9:00');
    expect(card.title).toMatch(/Lee is back on Tuesday,? 3 November 2026.* 09:00$/);
    expect((await session())?.snoozedUntil).toEqual(new Date('2026-11-03T08:00:00Z'));
  });

  it.each(['/snooze', '/snooze soon', '/snooze yesterday'])('refuses %j', async (text) => {
    expect((await run(text)).card.tone).toBe('bad');
    expect((await session())?.snoozedUntil).toBeNull();
  });
});

describe('/tag', () => {
  it('adds and takes away', async () => {
    expect((await run('/tag VIP "big order"')).text).toContain('vip, big order');
    const less = await sales.run(sales.ann, '/tag -vip', { conversationId: talk.id });
    expect(less.card.blocks).toEqual([{ kind: 'text', text: 'big order' }]);
  });
});

describe('/who', () => {
  it('names the owner, guests, and the line’s people with what they have', async () => {
    await run('/invite @bob');
    const answer = await sales.run(sales.ann, '/who', { conversationId: talk.id });
    expect(answer.card.title).toBe('Ann has this talk');
    expect(fieldsOf(answer)).toMatchObject({ Guests: 'Bob', Line: 'Shop' });
    expect(itemsOf(answer).map(({ title }) => title)).toEqual(['Ann (@ann)', 'Bob (@bob)']);
    expect(itemsOf(answer)[0]?.detail).toMatch(/^offline, \d+ talks?$/);
  });
});

describe('/history', () => {
  it('tells the sessions, the newest first, with whoever had them and how they ended', async () => {
    const other = await sales.customer();
    const say = (text: string) =>
      sales.run(sales.ann, text, { conversationId: other.conversation.id });
    await say('/take');
    await say('/close won');
    await say('/reopen');
    const answer = await say('/history');
    expect(answer.card.title).toBe('2 sessions');
    expect(itemsOf(answer).map(({ detail }) => detail)).toEqual(['Ann, open', 'Ann, won']);
    expect(itemsOf(answer)[0]?.title).toMatch(/^Session 2, \d{4}-\d{2}-\d{2}$/);
    await say('/close');
  });
});

describe('/queue, /line and /hours', () => {
  it('show the lines that concern the speaker', async () => {
    await sales.customer();
    sales.clock.advance(5 * 60_000);
    const mine = itemsOf(await sales.run(sales.ann, '/queue'));
    expect(mine.map(({ title }) => title)).toEqual(['Shop']);
    expect(mine[0]?.detail).toMatch(/^\d+ waiting, the longest \d+ min, \d+ open$/);
    expect(itemsOf(await sales.run(sales.boss, '/queue'))).toHaveLength(2);
  });

  it('find a line by the beginning of its name, or the only one', async () => {
    expect((await sales.run(sales.ann, '/line')).card.title).toBe('Shop');
    expect((await sales.run(sales.boss, '/line su')).card.title).toBe('Support');
    expect((await sales.run(sales.boss, '/line')).card.title).toBe('Name a line: Shop, Support.');
    expect((await sales.run(sales.boss, '/line s')).card.tone).toBe('bad');
  });

  it('tell the hours in the line’s zone', async () => {
    const answer = await sales.run(sales.bob, '/hours Support');
    expect(answer.card.title).toMatch(/^Support is open until Mon,? 2 Nov,? 18:00$/);
    expect(fieldsOf(answer)).toMatchObject({ Monday: '09:00–18:00', Sunday: 'closed' });
    expect((await sales.run(sales.ann, '/hours')).card.title).toBe('Shop is open');
  });
});

describe('/status', () => {
  it('sets presence', async () => {
    expect((await sales.run(sales.bob, '/status break')).card.tone).toBe('good');
    expect((await sales.desk.stores.users.get(sales.bob.user.id))?.presence).toBe('break');
    expect((await sales.run(sales.bob, '/status asleep')).card.tone).toBe('bad');
  });
});
