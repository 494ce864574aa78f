import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxDouble } from '../../../../channels/sandbox/testing.ts';
import type { Double } from '../../../../channels/shared/testing.ts';
import { until } from '../../../../test/harness/until.ts';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';

let web: TestWeb;
let double: Double;
let admin: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
let lineId: string;
let account: AccountRecord;
beforeAll(async () => {
  web = await openTestWeb();
  double = await startSandboxDouble();
  [admin, ann, bob, eve] = await Promise.all([
    web.browser('Root', 'administrator'),
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const members = [ann.session.user.id, bob.session.user.id];
  lineId = (await admin.call('POST', '/lines', { name: 'Sales', members })).body.id;
  account = await web.account(await web.desk.stores.lines.get(lineId), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
    apiRoot: double.url,
  });
});
afterAll(async () => {
  await web.close();
  await double.close();
});

const say = (who: TestBrowser, id: string, body: object) =>
  who.call('POST', `/conversations/${id}/messages`, body);

describe('a talk from beginning to end', () => {
  it('waits, is taken, answered, noted, closed and reopened', async () => {
    const talk = await web.write(account, 'whole', 'hello');
    const listed = await ann.call('GET', '/conversations?filter[state]=waiting');
    expect(listed.body.items).toMatchObject([
      {
        id: talk.id,
        lineId,
        state: 'waiting',
        unread: 1,
        ownerId: null,
        contact: { name: 'Customer whole' },
      },
    ]);
    expect((await ann.call('POST', `/conversations/${talk.id}/take`)).body).toMatchObject({
      state: 'open',
      ownerName: 'Ann',
    });
    const answer = await say(ann, talk.id, { text: 'good day', clientId: 'one' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      direction: 'out',
      text: 'good day',
      author: { name: 'Ann' },
      clientId: 'one',
    });
    const note = await say(ann, talk.id, { text: 'a nice one', clientId: 'two', note: true });
    expect(note.body).toMatchObject({ direction: 'note', delivery: null });
    await until('delivery', async () => {
      const { items } = (await ann.call('GET', `/conversations/${talk.id}/messages`)).body;
      return (
        items.find((message: { clientId: string }) => message.clientId === 'one').delivery.state ===
        'sent'
      );
    });
    expect(double.requests.map(({ body }) => body.toString()).join()).not.toContain('a nice one');

    const closed = await ann.call('POST', `/conversations/${talk.id}/close`, { outcome: 'won' });
    expect(closed.body).toMatchObject({ state: 'closed', outcome: 'won' });
    expect((await ann.call('POST', `/conversations/${talk.id}/close`, {})).status).toBe(422);
    const reopened = await ann.call('POST', `/conversations/${talk.id}/reopen`);
    expect(reopened.body.state).toBe('open');
    const mine = await ann.call('GET', '/conversations?filter[owner]=me');
    expect(mine.body.items.map(({ id }: { id: string }) => id)).toContain(talk.id);
  });

  it('has one owner when two take it, and tells the other who', async () => {
    const talk = await web.write(account, 'race', 'hello');
    const both = await Promise.all(
      [ann, bob].map((who) => who.call('POST', `/conversations/${talk.id}/take`)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)?.body.ownerName;
    const loser = both.find(({ status }) => status === 409)?.body.error;
    expect(loser.code).toBe('already_taken');
    expect(loser.message).toContain(winner);
  });

  it('takes what is said as `content` too', async () => {
    const talk = await web.write(account, 'content', 'hi');
    const answer = await say(ann, talk.id, { content: { text: 'in a box' }, clientId: 'boxed' });
    expect(answer.body).toMatchObject({ text: 'in a box', direction: 'out' });
  });

  it('is sent once, however often the same clientId comes', async () => {
    const talk = await web.write(account, 'once', 'hello');
    await ann.call('POST', `/conversations/${talk.id}/take`);
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => say(ann, talk.id, { text: 'only once', clientId: 'same' })),
    );
    expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1);
    const { items } = (await ann.call('GET', `/conversations/${talk.id}/messages`)).body;
    expect(
      items.filter((message: { direction: string }) => message.direction === 'out'),
    ).toHaveLength(1);
  });

  it('stops an answer over a colleague’s, unless forced', async () => {
    const talk = await web.write(account, 'over', 'hello');
    await admin.call('POST', `/conversations/${talk.id}/take`);
    const seen = (await admin.call('GET', `/conversations/${talk.id}`)).body.seq;
    await say(admin, talk.id, { text: 'I was faster', clientId: 'a', seenSeq: seen });
    const supervisor = await web.browser('Sue', 'supervisor');
    const late = await say(supervisor, talk.id, { text: 'me too', clientId: 'b', seenSeq: seen });
    expect([late.status, late.body.error.code]).toEqual([409, 'colleague_replied']);
    const forced = await say(supervisor, talk.id, {
      text: 'me too',
      clientId: 'b',
      seenSeq: seen,
      force: true,
    });
    expect(forced.status).toBe(201);
  });
});

describe('reading', () => {
  it('goes on exactly, forwards and backwards, by the cursor alone', async () => {
    const talk = await web.write(account, 'pages', 'number 1');
    for (let number = 2; number <= 9; number++)
      await web.write(account, 'pages', `number ${number}`);
    const total = (await ann.call('GET', `/conversations/${talk.id}`)).body.seq as number;
    const collect = async (first: string): Promise<number[]> => {
      const seqs: number[] = [];
      let query = first;
      for (;;) {
        const { body } = await ann.call(
          'GET',
          `/conversations/${talk.id}/messages?limit=4&${query}`,
        );
        seqs.push(...body.items.map(({ seq }: { seq: number }) => seq));
        if (body.nextCursor === null) return seqs;
        query = `cursor=${body.nextCursor}`;
      }
    };
    const all = Array.from({ length: total }, (_, place) => place + 1);
    expect(await collect('afterSeq=0')).toEqual(all);
    expect(await collect('afterSeq=3')).toEqual(all.slice(3));
    expect((await collect('')).sort((a, b) => a - b)).toEqual(all);
    expect((await collect('beforeSeq=5')).sort((a, b) => a - b)).toEqual(all.slice(0, 4));
    for (const bad of ['afterSeq=-1', 'afterSeq=x', 'cursor=before', 'cursor=before.1.2'])
      expect((await ann.call('GET', `/conversations/${talk.id}/messages?${bad}`)).status, bad).toBe(
        400,
      );
  });

  it('shows nothing of another line’s talks, by any address', async () => {
    const talk = await web.write(account, 'hidden', 'secret words');
    const { items } = (await ann.call('GET', `/conversations/${talk.id}/messages`)).body;
    for (const [method, path, body] of [
      ['GET', `/conversations/${talk.id}`],
      ['GET', `/conversations/${talk.id}/messages`],
      ['GET', `/conversations/${talk.id}/decisions`],
      ['POST', `/conversations/${talk.id}/messages`, { text: 'x', clientId: 'x' }],
      ['POST', `/conversations/${talk.id}/take`],
      ['POST', `/conversations/${talk.id}/assign`, { userId: eve.session.user.id }],
      ['POST', `/conversations/${talk.id}/close`, {}],
      ['POST', `/conversations/${talk.id}/reopen`],
      ['POST', `/conversations/${talk.id}/read`],
      ['POST', `/conversations/${talk.id}/typing`, {}],
      ['PATCH', `/messages/${items[0].id}`, { text: 'x' }],
      ['DELETE', `/messages/${items[0].id}`],
      ['PUT', `/messages/${items[0].id}/reactions`, { emoji: [] }],
    ] as const)
      expect((await eve.call(method, path, body)).status, `${method} ${path}`).toBe(404);
    expect((await eve.call('GET', '/conversations')).body.items).toEqual([]);
    expect((await eve.call('GET', '/conversations?q=hidden')).body.items).toEqual([]);
  });

  it('says why a talk went where it went', async () => {
    const talk = await web.write(account, 'why', 'hello');
    await admin.call('POST', `/conversations/${talk.id}/assign`, { userId: bob.session.user.id });
    const { items } = (await ann.call('GET', `/conversations/${talk.id}/decisions`)).body;
    expect(items.length).toBeGreaterThan(0);
    for (const decision of items) expect(decision.why).toBeTruthy();
  });
});

describe('messages', () => {
  it.each([
    [{ text: 'x' }, 'clientId'],
    [{ clientId: '', text: 'x' }, 'clientId'],
    [{ clientId: 'x', text: 'x'.repeat(20_001) }, 'text'],
    [{ clientId: 'x', text: 5 }, 'text'],
    [{ clientId: 'x', text: 'x', fileIds: ['nope'] }, 'fileIds.0'],
    [{ clientId: 'x', text: 'x', direction: 'in' }, 'direction'],
    [
      {
        clientId: 'x',
        text: 'x',
        marks: [{ type: 'link', offset: 0, length: 1, url: 'javascript:1' }],
      },
      'marks.0.url',
    ],
    [
      { clientId: 'x', text: 'x', buttons: [{ label: 'Go', url: 'javascript:1' }] },
      'buttons.0.url',
    ],
  ])('%j is refused at %s', async (body, field) => {
    const talk = await web.write(account, 'wrong', 'hello');
    const answer = await say(ann, talk.id, body);
    expect([answer.status, answer.body.error.field]).toEqual([400, field]);
  });

  it('that fail are listed with the reason, and are sent again by one call', async () => {
    const talk = await web.write(account, 'trouble', 'hello');
    double.next({ kind: 'answer', status: 403, body: '{"error":"blocked"}' });
    const sent = (await say(ann, talk.id, { text: 'will fail', clientId: 'f' })).body;
    const failed = await until('a failure', async () => {
      const { items } = (await ann.call('GET', '/deliveries?filter[state]=failed|uncertain')).body;
      return items.find(({ id }: { id: string }) => id === sent.id) ?? null;
    });
    expect(failed).toMatchObject({
      text: 'will fail',
      state: 'failed',
      contactName: 'Customer trouble',
    });
    expect(failed.detail).toBeTruthy();
    expect(failed.log.length).toBeGreaterThan(0);
    expect((await eve.call('GET', '/deliveries')).body.items).toEqual([]);
    expect((await eve.call('POST', `/deliveries/${sent.id}/resend`)).status).toBe(404);

    expect((await ann.call('POST', `/deliveries/${sent.id}/resend`)).status).toBe(200);
    await until('the second try', async () => {
      const { items } = (await ann.call('GET', '/deliveries?filter[state]=sent')).body;
      return items.some(({ id }: { id: string }) => id === sent.id);
    });
    const again = await ann.call('POST', `/deliveries/${sent.id}/resend`);
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await ann.call('POST', `/deliveries/${sent.id}/cancel`)).status).toBe(409);
    expect((await ann.call('GET', '/deliveries?filter[state]=lost')).status).toBe(400);
  });
});

describe('the quarantine', () => {
  it('shows what could not be read, to administrators, and lets them dismiss or replay it', async () => {
    const hook = await web.app.inject({
      method: 'POST',
      url: `/hooks/sandbox/${account.id}`,
      headers: {
        'x-sandbox-secret': 'sandbox-secret-for-tests',
        'content-type': 'application/json',
      },
      payload: '{"what": "is this',
    });
    expect(hook.statusCode).toBeLessThan(300);
    const { items } = (await admin.call('GET', '/quarantine?filter[state]=held')).body;
    expect(items).toMatchObject([
      { channelType: 'sandbox', channelId: account.id, raw: '{"what": "is this' },
    ]);
    expect((await ann.call('GET', '/quarantine')).status).toBe(403);
    expect((await ann.call('POST', `/quarantine/${items[0].id}/replay`)).status).toBe(403);
    const replay = await admin.call('POST', `/quarantine/${items[0].id}/replay`);
    expect([replay.status, replay.body.error.code]).toEqual([422, 'rule_broken']);
    expect((await admin.call('POST', `/quarantine/${items[0].id}/dismiss`)).body.state).toBe(
      'dismissed',
    );
    expect((await admin.call('POST', `/quarantine/${items[0].id}/dismiss`)).status).toBe(409);
    expect((await admin.call('GET', '/quarantine?filter[state]=held')).body.items).toEqual([]);
  });
});
