import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';

let web: TestWeb;
let boss: TestBrowser;
const ids: string[] = [];
beforeAll(async () => {
  web = await openTestWeb();
  boss = await web.browser('Root', 'administrator');
  const line = await boss.call('POST', '/lines', { name: 'Sales' });
  const account = await web.account(await web.desk.stores.lines.get(line.body.id), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
  for (const chat of ['one', 'two', 'three', 'four', 'five']) {
    web.clock.advance(1000);
    ids.push((await web.write(account, chat, 'hi')).id);
  }
});
afterAll(() => web.close());

/** All ids of a list, three at a time. */
const walked = async (path: string): Promise<string[]> => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await boss.call('GET', `${path}limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((one: { id: string }) => one.id));
    cursor = body.nextCursor ?? '';
  } while (cursor);
  return seen;
};

describe('sort', () => {
  it('turns the list of talks round, over all pages', async () => {
    expect(await walked('/conversations?')).toEqual([...ids].reverse());
    expect(await walked('/conversations?sort=-activity&')).toEqual([...ids].reverse());
    expect(await walked('/conversations?sort=activity&')).toEqual(ids);
  });

  it.each(['contacts', 'leads'])('turns the list of %s round', async (list) => {
    const latest = await walked(`/${list}?`);
    expect(latest).toHaveLength(5);
    expect(await walked(`/${list}?sort=createdAt&`)).toEqual(latest.reverse());
  });

  it('is refused with what is possible, where no index gives that order', async () => {
    const wrong = await boss.call('GET', '/conversations?sort=name');
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      'sort: give -activity (the default, latest first) or activity.',
    ]);
    const none = await boss.call('GET', '/channels?sort=name');
    expect([none.status, none.body.error.message]).toEqual([
      400,
      'sort: this list has one order only, leave sort out.',
    ]);
    expect((await boss.call('GET', '/deals?sort=-createdAt')).status).toBe(200);
  });
});

describe('a list that is short enough to be read whole', () => {
  it('is given whole, or in stretches to whoever asks for some', async () => {
    for (const name of ['Berlin', 'Cairo', 'Delhi', 'Essen'])
      await boss.call('POST', '/lines', { name });
    const { items, nextCursor } = (await boss.call('GET', '/lines')).body;
    expect([items.length, nextCursor]).toEqual([5, null]);
    expect(await walked('/lines?')).toEqual(items.map(({ id }: { id: string }) => id));
    for (const list of ['flow-types', 'channel-types', 'commands', 'roles']) {
      const all = (await boss.call('GET', `/${list}`)).body.items;
      const first = (await boss.call('GET', `/${list}?limit=2`)).body;
      const rest = (await boss.call('GET', `/${list}?cursor=${first.nextCursor}`)).body;
      expect([...first.items, ...rest.items], list).toEqual(all);
      expect([first.items.length, rest.nextCursor], list).toEqual([2, null]);
    }
  });

  it('knows its own cursors only, and no other order', async () => {
    for (const query of ['cursor=nothing', 'sort=name', 'limit=0', 'page=2'])
      expect((await boss.call('GET', `/lines?${query}`)).status, query).toBe(400);
  });
});

describe('filter[tag]', () => {
  it('gives the talks of a whole tag', async () => {
    const [first = '', second = ''] = ids;
    await boss.call('POST', `/conversations/${first}/tag`, { add: ['VIP'] });
    await boss.call('POST', `/conversations/${second}/tag`, { add: ['vip customer'] });
    expect(await walked('/conversations?filter[tag]=vip&')).toEqual([first]);
    expect(await walked('/conversations?filter[tag]=%23VIP&filter[state]=waiting&')).toEqual([
      first,
    ]);
    expect(await walked('/conversations?filter[tag]=vi&')).toEqual([]);
  });
});
