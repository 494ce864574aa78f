import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';
import type { DomainEvent } from '../../../domain/events/events.ts';

let web: TestWeb;
let boss: TestBrowser;
let sue: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let account: AccountRecord;
const events: DomainEvent[] = [];
beforeAll(async () => {
  web = await openTestWeb();
  web.desk.bus.onAny((event) => void events.push(event));
  boss = await web.browser('Root', 'administrator');
  [sue, ann, bob] = await Promise.all([
    web.browser('Sue', 'supervisor'),
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
  ]);
  const members = [ann.session.user.id, bob.session.user.id];
  const lineId = (await boss.call('POST', '/lines', { name: 'Sales', members })).body.id;
  account = await web.account(await web.desk.stores.lines.get(lineId), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
});
afterAll(() => web.close());

let serial = 0;
/** A talk that Ann had and closed. */
const finished = async (): Promise<{ id: string; chat: string }> => {
  const chat = `score-${++serial}`;
  const { id } = await web.write(account, chat, 'hi');
  await ann.call('POST', `/conversations/${id}/take`);
  await ann.call('POST', `/conversations/${id}/close`, { outcome: 'won' });
  return { id, chat };
};
const rate = (who: TestBrowser, id: string, body: object) =>
  who.call('POST', `/conversations/${id}/rate`, body);
const sessions = async (who: TestBrowser, id: string) =>
  (await who.call('GET', `/conversations/${id}/sessions`)).body.items;

describe('scoring a finished session', () => {
  it('is for supervisors; whoever had the talk sees it, other colleagues do not', async () => {
    const { id } = await finished();
    expect((await rate(ann, id, { score: 5 })).status).toBe(403);
    const scored = await rate(sue, id, { score: 4, comment: ' polite, slow ' });
    expect(scored.body).toMatchObject({
      number: 1,
      outcome: 'won',
      ownerName: 'Ann',
      score: { score: 4, comment: 'polite, slow', by: { name: 'Sue' } },
      mayScore: true,
    });
    expect((await sessions(ann, id))[0]).toMatchObject({
      score: { score: 4, comment: 'polite, slow' },
      mayScore: false,
    });
    expect((await sessions(bob, id))[0].score).toBeNull();
    const { items } = (await bob.call('GET', `/conversations/${id}/messages`)).body;
    expect(items.at(-1)).toMatchObject({
      text: 'Sue scored the session.',
      event: { kind: 'scored' },
    });
    expect(events.filter(({ type }) => type === 'alert').at(-1)).toMatchObject({
      audience: { userIds: [ann.session.user.id] },
      text: 'polite, slow',
      conversationId: id,
    });
  });

  it('can be changed, with what was said before; the same again is nothing new', async () => {
    const { id } = await finished();
    await rate(sue, id, { score: 2, comment: 'rude' });
    const changed = await rate(boss, id, { score: 3 });
    expect(changed.body.score).toMatchObject({ score: 3, comment: null, by: { name: 'Root' } });
    expect(changed.body.earlierScores).toMatchObject([
      { score: 2, comment: 'rude', by: { name: 'Sue' } },
    ]);
    expect((await rate(boss, id, { score: 3 })).body.earlierScores).toHaveLength(1);
    const audit = (await boss.call('GET', '/audit')).body.items;
    expect(audit[0]).toMatchObject({
      act: 'conversation.score',
      detail: expect.stringContaining('3 of 5 (before: 2)'),
    });
  });

  it('stays with its session when the talk opens and closes again', async () => {
    const { id, chat } = await finished();
    await rate(sue, id, { score: 5 });
    await web.write(account, chat, 'one more thing');
    const open = await rate(sue, id, { score: 1 });
    expect(open.body.error).toMatchObject({
      code: 'rule_broken',
      message: 'This session is still open: close it first, or choose an earlier one.',
    });
    const [second, first] = await sessions(sue, id);
    expect([second.number, second.score, first.number, first.score.score]).toEqual([2, null, 1, 5]);
    await ann.call('POST', `/conversations/${id}/take`);
    await ann.call('POST', `/conversations/${id}/close`, {});
    expect((await rate(sue, id, { score: 4, sessionId: first.id })).body).toMatchObject({
      number: 1,
      score: { score: 4 },
    });
    expect((await sessions(sue, id)).map((one: { score: unknown }) => one.score)).toMatchObject([
      null,
      { score: 4 },
    ]);
  });

  it.each([
    [{ score: 6 }, 422, 'A score is a whole number from 1 to 5.'],
    [{ score: 0 }, 422, 'A score is a whole number from 1 to 5.'],
    [{ score: 2.5 }, 422, 'A score is a whole number from 1 to 5.'],
    [{ score: 'good' }, 400, 'score: give a score from 1 to 5.'],
    [{ score: 3, sessionId: '0'.repeat(24) }, 404, 'There is no such session in this talk.'],
    [{ score: 3, comment: 'x'.repeat(2001) }, 422, 'A comment has at most 2000 characters.'],
  ])('refuses %j and changes nothing', async (body, status, message) => {
    const { id } = await finished();
    const answer = await rate(sue, id, body);
    expect([answer.status, answer.body.error.message]).toEqual([
      status,
      expect.stringContaining(message),
    ]);
    expect((await sessions(sue, id))[0].score).toBeNull();
  });

  it('refuses a talk that is still open', async () => {
    const { id } = await web.write(account, 'score-open', 'hi');
    expect((await rate(sue, id, { score: 3 })).body.error.message).toBe(
      'This talk is still open: it can be scored when it is closed.',
    );
  });

  it('works as a command, with the same refusals', async () => {
    const { id } = await finished();
    const run = (who: TestBrowser, text: string) =>
      who.call('POST', '/commands', { text, conversationId: id });
    const done = await run(sue, '/rate 4 "polite, slow"');
    expect(done.body.card).toMatchObject({
      tone: 'good',
      title: `Customer score-${serial}: 4 of 5`,
    });
    expect((await sessions(ann, id))[0].score.comment).toBe('polite, slow');
    for (const wrong of ['/rate', '/rate 6', '/rate four', '/rate 4 by=ann'])
      expect((await run(sue, wrong)).body.text).toContain('Give a score from 1 to 5');
    expect((await run(ann, '/rate 5')).body.card.tone).toBe('bad');
    expect((await sessions(sue, id))[0]).toMatchObject({ score: { score: 4 }, earlierScores: [] });
  });
});
