import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { AccountRecord } from '../../../domain/accounts/account.ts';

let web: TestWeb;
let boss: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
let account: AccountRecord;
let group: AccountRecord;
beforeAll(async () => {
  web = await openTestWeb();
  boss = await web.browser('Root', 'administrator');
  [ann, bob, eve] = await Promise.all([
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const line = async (name: string, members: TestBrowser[], flows: object[] = []) => {
    const ids = members.map(({ session }) => session.user.id);
    const made = await boss.call('POST', '/lines', { name, members: ids, flows });
    return web.desk.stores.lines.get(made.body.id);
  };
  const closing = [{ name: 'closing', config: { text: 'Goodbye!' } }];
  const sales = await line('Sales', [ann, bob], closing);
  const secret = { secret: 'sandbox-secret-for-tests' };
  account = await web.account(sales, 'sandbox', secret);
  group = await web.account(await line('Groups', [ann]), 'sandbox', secret);
});
afterAll(() => web.close());

let serial = 0;
/** A message of one person in one of their chats; answers the talk. */
const says = async (person: string, chat: string, text: string, by = account): Promise<string> => {
  const id = `merge-${++serial}`;
  await web.desk.ingress.accept(
    by.id,
    {
      events: [
        {
          ...{ type: 'message', id, messageId: id, at: web.clock.now() },
          chat: { id: chat, kind: 'private' },
          from: { id: person, name: person, proof: 'provider' },
          parts: [{ kind: 'text', text }],
        },
      ],
    },
    null,
  );
  await web.desk.ingress.idle();
  await web.desk.router.idle();
  const talk = await web.desk.stores.conversations.byChat(by.id, chat);
  if (!talk) throw new Error('The talk was not made.');
  return talk.id;
};
/** Another chat of the person of a talk. */
const chatOf = async (
  id: string,
  { id: accountId, lineId }: AccountRecord,
  chat: string,
  channelType = 'sandbox',
): Promise<string> => {
  const talk = await web.desk.stores.conversations.get(id);
  if (!talk) throw new Error('There is no such talk.');
  const { contactId, contactName } = talk;
  const { conversation } = await web.desk.stores.conversations.findOrOpen({
    ...{ accountId, channelType, chat, contactId, contactName, origin: null },
    ...{ lineId: lineId ?? talk.lineId, at: web.clock.now() },
  });
  return conversation.id;
};
const act = (who: TestBrowser, id: string, name: string, body: object) =>
  who.call('POST', `/conversations/${id}/${name}`, body);
const read = async (who: TestBrowser, id: string) =>
  (await who.call('GET', `/conversations/${id}`)).body;
const messages = async (who: TestBrowser, id: string) =>
  (await who.call('GET', `/conversations/${id}/messages?afterSeq=0&limit=200`)).body.items;

describe('merging two talks of one person', () => {
  it('links them: each keeps its address, its messages and their numbers', async () => {
    const kept = await says('Lee', 'lee-private', 'hello');
    const other = await says('Lee', 'lee-group', 'hello again');
    expect((await read(ann, kept)).duplicates).toMatchObject([{ id: other, chat: 'lee-group' }]);
    const before = await messages(ann, other);

    const merged = await act(ann, kept, 'merge', { from: other });
    expect(merged.status).toBe(200);
    expect(await read(ann, kept)).toMatchObject({
      chat: 'lee-private',
      mergedInto: null,
      duplicates: [],
      merged: [{ id: other, chat: 'lee-group', state: 'closed', mergedBy: 'Ann' }],
    });
    expect(await read(ann, other)).toMatchObject({
      chat: 'lee-group',
      mergedInto: kept,
      state: 'closed',
      outcome: 'merged',
    });
    const after = await messages(ann, other);
    expect(after.slice(0, before.length).map((one: { id: string }) => one.id)).toEqual(
      before.map((one: { id: string }) => one.id),
    );
    expect(after.map((one: { seq: number }) => one.seq)).toEqual(
      after.map((_: unknown, index: number) => index + 1),
    );
    // The customer is not said goodbye to.
    expect(after.filter((one: { direction: string }) => one.direction === 'out')).toEqual([]);
    expect((await messages(ann, kept)).at(-1)).toMatchObject({
      event: { kind: 'merged', conversationId: other },
    });
    expect((await boss.call('GET', '/audit')).body.items[0].act).toBe('conversation.merge');
    const seq = (await read(ann, kept)).seq;
    expect((await act(ann, kept, 'merge', { from: other })).body.seq).toBe(seq);
  });

  it('answers later words of the other address there, and says so here', async () => {
    const kept = await says('Mia', 'mia-1', 'hello');
    const other = await says('Mia', 'mia-2', 'hello');
    await act(ann, kept, 'merge', { from: other });
    const seq = (await read(ann, kept)).seq;
    expect(await says('Mia', 'mia-2', 'I am back')).toBe(other);
    expect(await read(ann, other)).toMatchObject({ state: 'waiting', mergedInto: kept });
    await expect.poll(async () => (await read(ann, kept)).seq).toBeGreaterThan(seq);
    expect((await messages(ann, kept)).at(-1)).toMatchObject({
      text: expect.stringContaining('Mia wrote again in the merged talk'),
      event: { kind: 'wrote-elsewhere', conversationId: other },
    });
    const sent = await ann.call('POST', `/conversations/${other}/messages`, {
      ...{ text: 'Welcome back', clientId: 'merge-back' },
    });
    expect(sent.body).toMatchObject({ conversationId: other });
  });

  it('can be undone, and with it what it closed', async () => {
    const kept = await says('Noa', 'noa-1', 'hello');
    const other = await says('Noa', 'noa-2', 'hello');
    const before = (await web.desk.stores.conversations.get(other))?.session;
    await act(ann, kept, 'merge', { from: other });
    expect((await act(ann, kept, 'unmerge', { from: other })).status).toBe(200);
    expect(await read(ann, other)).toMatchObject({
      ...{ mergedInto: null, state: 'waiting', outcome: null },
    });
    // The same session, at its old place in the queue.
    expect((await web.desk.stores.conversations.get(other))?.session).toMatchObject({
      ...{ id: before?.id, number: 1, place: 'ready', closedAt: null },
      waitingSince: before?.openedAt,
    });
    expect((await read(ann, kept)).duplicates).toMatchObject([{ id: other }]);
    const kinds = (await messages(ann, other)).map(
      (one: { event?: { kind: string } }) => one.event?.kind,
    );
    expect(kinds.slice(-2)).toEqual(['reopened', 'unmerged']);
    expect((await act(ann, kept, 'unmerge', { from: other })).body.error).toMatchObject({
      code: 'rule_broken',
      message: 'The other talk is not merged into this one.',
    });
  });

  it('gives it back to who had it, if they are there, and leaves what somebody else closed', async () => {
    const kept = await says('Rae', 'rae-1', 'hello');
    const other = await says('Rae', 'rae-2', 'hello');
    await ann.call('PUT', '/presence', { state: 'online' });
    await ann.call('POST', `/conversations/${other}/take`);
    await act(ann, kept, 'merge', { from: other });
    await act(ann, kept, 'unmerge', { from: other });
    expect(await read(ann, other)).toMatchObject({
      ...{ state: 'open', ownerId: ann.session.user.id, outcome: null },
    });
    await act(ann, other, 'close', { outcome: 'won' });
    await act(ann, kept, 'merge', { from: other });
    await act(ann, kept, 'unmerge', { from: other });
    expect(await read(ann, other)).toMatchObject({ state: 'closed', outcome: 'won' });
    await ann.call('PUT', '/presence', { state: 'offline' });
  });

  it('lets whoever sees the remaining talk read the other one, and do nothing there', async () => {
    const kept = await says('Ola', 'ola-1', 'hello');
    const other = await chatOf(kept, group, 'ola-2');
    expect(await says('Ola', 'ola-2', 'of the group', group)).toBe(other);
    expect((await bob.call('GET', `/conversations/${other}/messages`)).status).toBe(404);
    expect((await read(bob, kept)).duplicates).toEqual([]);
    expect((await act(bob, kept, 'merge', { from: other })).status).toBe(404);
    await act(ann, kept, 'merge', { from: other });
    expect((await read(bob, kept)).merged).toMatchObject([{ id: other, lineName: 'Groups' }]);
    const texts = (await messages(bob, other)).map((one: { text: string }) => one.text);
    expect(texts).toContain('of the group');
    expect((await bob.call('GET', `/conversations/${other}`)).status).toBe(404);
    const body = { text: 'no', clientId: 'merge-bob' };
    expect((await bob.call('POST', `/conversations/${other}/messages`, body)).status).toBe(404);
    await act(ann, kept, 'unmerge', { from: other });
    expect((await bob.call('GET', `/conversations/${other}/messages`)).status).toBe(404);
  });

  it('refuses everything else with a sentence, and changes nothing', async () => {
    const [one, two, three] = [
      await says('Pia', 'pia-1', 'a'),
      await says('Pia', 'pia-2', 'b'),
      await says('Pia', 'pia-3', 'c'),
    ];
    const stranger = await says('Quin', 'quin-1', 'd');
    const refusal = async (into: string, from: string, who = boss) =>
      (await act(who, into, 'merge', { from })).body.error?.message;
    expect(await refusal(one, one)).toBe('A talk can not be merged with itself.');
    expect(await refusal(one, stranger)).toBe('These are talks of two people: Pia and Quin.');
    const mail = await chatOf(one, account, 'pia@example.org', 'mail');
    expect(await refusal(one, mail)).toBe(
      'These talks are on two kinds of channels: only those of one kind can be merged.',
    );
    expect(await refusal(one, '0'.repeat(24))).toContain('There is no such talk');
    expect((await act(boss, one, 'merge', { from: 'x' })).status).toBe(400);
    expect((await act(eve, one, 'merge', { from: two })).status).toBe(404);
    await act(boss, one, 'merge', { from: two });
    expect(await refusal(three, two)).toBe(
      'The other talk is merged into another one: end that merge first.',
    );
    expect(await refusal(two, three)).toBe(
      'This talk is merged into another one: merge into that one.',
    );
    expect(await refusal(three, one)).toBe(
      'Other talks are merged into that one: merge these into this talk one by one.',
    );
    await bob.call('POST', `/conversations/${three}/take`);
    expect(await refusal(one, three, ann)).toBe(
      'You may not merge the other talk: Bob has this talk.',
    );
    expect(await read(boss, three)).toMatchObject({ mergedInto: null, state: 'open' });
  });

  it('makes no chain of two merges at once', async () => {
    const [one, two] = [await says('Ray', 'ray-1', 'a'), await says('Ray', 'ray-2', 'b')];
    const answers = await Promise.all([
      act(boss, one, 'merge', { from: two }),
      act(boss, two, 'merge', { from: one }),
    ]);
    const linked = [await read(boss, one), await read(boss, two)].filter((talk) => talk.mergedInto);
    expect(linked.length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 200).length).toBe(linked.length);
  });
});
