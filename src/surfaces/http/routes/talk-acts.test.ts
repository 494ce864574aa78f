import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';

let web: TestWeb;
let boss: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
let lineId: string;
let otherLine: string;
let account: AccountRecord;
beforeAll(async () => {
  web = await openTestWeb();
  boss = await web.browser('Root', 'administrator');
  [ann, bob, eve] = await Promise.all([
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const members = [ann.session.user.id, bob.session.user.id];
  lineId = (await boss.call('POST', '/lines', { name: 'Sales', members })).body.id;
  const other = { name: 'Support', members: [eve.session.user.id] };
  otherLine = (await boss.call('POST', '/lines', other)).body.id;
  account = await web.account(await web.desk.stores.lines.get(lineId), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
});
afterAll(() => web.close());

let serial = 0;
/** A customer's talk; `owner` has taken it. */
const talk = async (owner?: TestBrowser): Promise<string> => {
  const { id } = await web.write(account, `acts-${++serial}`, 'hi');
  if (owner) await owner.call('POST', `/conversations/${id}/take`);
  return id;
};
const act = (who: TestBrowser, id: string, name: string, body?: object) =>
  who.call('POST', `/conversations/${id}/${name}`, body);
const events = async (who: TestBrowser, id: string): Promise<string[]> => {
  const { items } = (await who.call('GET', `/conversations/${id}/messages?limit=100`)).body;
  return items.flatMap((one: { direction: string; text: string }) =>
    one.direction === 'event' || one.direction === 'note' ? [one.text] : [],
  );
};
const id = (who: TestBrowser): string => who.session.user.id;

describe('acts on a talk', () => {
  it('skip: gives it back, with the reason; another’s can not be skipped', async () => {
    const mine = await talk(ann);
    expect((await act(bob, mine, 'skip')).body.error.message).toBe(
      'You may not skip this talk: Ann has it.',
    );
    const skipped = await act(ann, mine, 'skip', { why: 'Speaks French.' });
    expect(skipped.body).toMatchObject({ state: 'waiting', ownerId: null });
    const { items } = (await ann.call('GET', `/conversations/${mine}/decisions`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ act: 'skip', operatorName: 'Ann', why: 'Speaks French.' }),
    );
    expect(await events(ann, mine)).toContain('Ann skipped the talk.');
  });

  it('transfer: to a person with a note, to a line, to a role, or says why not', async () => {
    const mine = await talk(ann);
    const given = await act(ann, mine, 'transfer', { userId: id(bob), note: 'Knows French.' });
    expect(given.body).toMatchObject({ ownerName: 'Bob' });
    expect(await events(bob, mine)).toEqual(
      expect.arrayContaining(['Knows French.', 'Ann gave the talk to Bob.']),
    );
    const moved = await act(bob, mine, 'transfer', { lineId: otherLine });
    expect(moved.body).toMatchObject({ lineName: 'Support', state: 'waiting', ownerId: null });
    expect((await ann.call('GET', `/conversations/${mine}`)).status).toBe(404);
    expect((await eve.call('GET', `/conversations/${mine}`)).status).toBe(200);

    const again = await talk(ann);
    const nobody = await act(ann, again, 'transfer', { role: 'supervisor' });
    expect(nobody.body.error).toMatchObject({ code: 'rule_broken', field: 'role' });
    await boss.call('PUT', '/presence', { state: 'online' });
    const toRole = await act(ann, again, 'transfer', { role: 'administrator' });
    expect(toRole.body.ownerName).toBe('Root');
    expect((await act(boss, again, 'transfer', {})).status).toBe(400);
    expect((await act(boss, again, 'transfer', { userId: id(bob), lineId })).status).toBe(400);
  });

  it('invite: a colleague from elsewhere sees the whole talk and may answer; leave ends it', async () => {
    const mine = await talk(ann);
    expect((await eve.call('GET', `/conversations/${mine}`)).status).toBe(404);
    expect((await act(ann, mine, 'invite', { userId: id(eve) })).body.guests).toEqual([
      { id: id(eve), name: 'Eve' },
    ]);
    expect((await eve.call('GET', `/conversations/${mine}`)).body.may.reply).toBe(true);
    const listed = (await eve.call('GET', '/conversations')).body.items;
    expect(listed.map((one: { id: string }) => one.id)).toContain(mine);
    expect((await act(eve, mine, 'leave')).status).toBe(200);
    expect((await eve.call('GET', `/conversations/${mine}`)).status).toBe(404);
  });

  it('join and intercept: for those who may; joining is not seen in the talk', async () => {
    const mine = await talk(ann);
    expect((await act(bob, mine, 'join')).status).toBe(403);
    expect((await act(bob, mine, 'intercept')).status).toBe(403);
    expect((await act(boss, mine, 'join')).body.guests).toEqual([]);
    expect((await events(ann, mine)).join()).not.toContain('Root');
    expect((await act(boss, mine, 'intercept')).body.ownerName).toBe('Root');
    expect((await events(boss, mine)).at(-1)).toBe('Root took the talk.');
  });

  it('snooze: until a time to come', async () => {
    const mine = await talk(ann);
    const until = new Date(web.desk.clock.now().getTime() + 3_600_000).toISOString();
    expect((await act(ann, mine, 'snooze', { until })).body.snoozedUntil).toBe(until);
    for (const wrong of ['2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
      expect((await act(ann, mine, 'snooze', { until: wrong })).status).toBe(422);
    expect((await act(ann, mine, 'snooze', { until: 'soon' })).status).toBe(400);
  });

  it('pin, tag and spam', async () => {
    const mine = await talk(ann);
    expect((await act(ann, mine, 'pin', {})).body.pinnedBy).toEqual([id(ann)]);
    expect((await act(ann, mine, 'pin', { on: false })).body.pinnedBy).toEqual([]);
    const tagged = await act(ann, mine, 'tag', { add: ['#VIP', 'two  words', 'vip'] });
    expect(tagged.body.tags).toEqual(['vip', 'two words']);
    expect((await act(ann, mine, 'tag', { remove: ['VIP'] })).body.tags).toEqual(['two words']);
    expect((await act(ann, mine, 'tag', { add: [' '] })).status).toBe(422);
    expect((await act(ann, mine, 'spam')).body).toMatchObject({
      ...{ state: 'closed', outcome: 'spam', tags: ['two words', 'spam'] },
    });
    const done = await talk(ann);
    await act(ann, done, 'close', { outcome: 'lost' });
    expect((await act(ann, done, 'spam')).body).toMatchObject({
      ...{ state: 'closed', outcome: 'lost', tags: ['spam'] },
    });
  });

  it('nothing goes on in a closed talk', async () => {
    const mine = await talk(ann);
    await act(ann, mine, 'close', {});
    const until = new Date(web.desk.clock.now().getTime() + 60_000).toISOString();
    for (const [name, body] of [
      ['skip', {}],
      ['transfer', { userId: id(bob) }],
      ['invite', { userId: id(bob) }],
      ['snooze', { until }],
    ] as const)
      expect((await act(ann, mine, name, body)).body.error.code, name).toBe('talk_closed');
  });
});
