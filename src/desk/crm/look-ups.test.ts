import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { closeTalk } from '../talks/close-talk.ts';
import { reopenTalk } from '../talks/reopen-talk.ts';
import { takeTalk } from '../talks/take-talk.ts';
import { createContact } from './create-contact.ts';
import { createDeal } from './create-deal.ts';
import { createLead } from './create-lead.ts';
import { readTimeline } from './read-timeline.ts';
import { searchAll } from './search-all.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

describe('searchAll', () => {
  it('finds contacts, leads and deals by the beginnings of words, accents aside', async () => {
    await createContact(sales.desk, sales.ann, { name: 'Jürgen Quist', phones: ['+4930555123'] });
    await createLead(sales.desk, sales.ann, { name: 'Quist GmbH' });
    await createDeal(sales.desk, sales.ann, { title: 'Roof for Quist' });
    expect(await searchAll(sales.desk, sales.ann, ' quis ')).toMatchObject({
      contacts: [{ name: 'Jürgen Quist' }],
      leads: [{ name: 'Quist GmbH' }],
      deals: [{ title: 'Roof for Quist' }],
    });
    expect((await searchAll(sales.desk, sales.ann, 'jurgen')).contacts).toHaveLength(1);
    expect((await searchAll(sales.desk, sales.ann, '+49 30 555')).contacts).toHaveLength(1);
  });

  it('goes straight to a lead or deal by its number', async () => {
    const lead = await createLead(sales.desk, sales.ann, { name: 'By number' });
    const deal = await createDeal(sales.desk, sales.ann, { title: 'By number' });
    expect(await searchAll(sales.desk, sales.ann, `l${lead.number}`)).toMatchObject({
      contacts: [],
      leads: [{ id: lead.id }],
      deals: [],
    });
    expect((await searchAll(sales.desk, sales.ann, `#${deal.number}`)).deals).toMatchObject([
      { id: deal.id },
    ]);
    expect((await searchAll(sales.desk, sales.bob, `#${deal.number}`)).deals).toEqual([]);
  });

  it.each(['', '  ', '!!', '#', '.*', '(('])('finds nothing for %j', async (text) => {
    expect(await searchAll(sales.desk, sales.boss, text)).toEqual({
      contacts: [],
      leads: [],
      deals: [],
    });
  });

  it('leaves out what the person may not read', async () => {
    await createLead(sales.desk, sales.boss, { name: 'Hidden lead' });
    await createDeal(sales.desk, sales.boss, { title: 'Hidden deal' });
    const without: Principal = { ...sales.bob, grants: { 'contact.read': 'all' } };
    expect(await searchAll(sales.desk, without, 'hidden')).toEqual({
      contacts: [],
      leads: [],
      deals: [],
    });
    expect((await searchAll(sales.desk, sales.bob, 'hidden')).deals).toEqual([]);
    expect((await searchAll(sales.desk, sales.boss, 'hidden')).deals).toHaveLength(1);
  });
});

describe('readTimeline', () => {
  const page = { limit: 50 };
  const whats = async (...args: Parameters<typeof readTimeline>) =>
    (await readTimeline(...args)).items.map(({ what }) => what);

  it('tells a talk’s sessions apart', async () => {
    const { conversation } = await sales.customer();
    const { id } = conversation;
    await takeTalk(sales.desk, sales.ann, id);
    await closeTalk(sales.desk, sales.ann, id, 'won');
    sales.clock.advance(1000);
    await reopenTalk(sales.desk, sales.boss, id);
    const of = { kind: 'conversation', id } as const;
    expect(await whats(sales.desk, sales.boss, of, page)).toContain('Cleo reopened the talk.');
    const first = { ...of, sessionId: conversation.session.id };
    expect((await whats(sales.desk, sales.boss, first, page)).toSorted()).toEqual([
      'Ann closed the talk: won.',
      'Ann took the talk.',
    ]);
    await expect(
      readTimeline(sales.desk, sales.boss, { ...of, sessionId: '0'.repeat(24) }, page),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for those who may read the thing', async () => {
    const deal = await createDeal(sales.desk, sales.ann, { title: 'Mine' });
    const of = { kind: 'deal', id: deal.id } as const;
    expect(await whats(sales.desk, sales.ann, of, page)).toHaveLength(1);
    await expect(readTimeline(sales.desk, sales.bob, of, page)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
