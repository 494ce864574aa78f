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
