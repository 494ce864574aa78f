import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Conversation, OpenRequest } from '../../domain/conversations/conversation.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
let chats = 0;
const request = (more: Partial<OpenRequest> = {}): OpenRequest => ({
  accountId: id(),
  channelType: 'sandbox',
  chat: `chat-${++chats}`,
  lineId: id(),
  contactId: id(),
  contactName: 'Ännä Smith',
  origin: null,
  at: at(0),
  ...more,
});
const opened = async (more: Partial<OpenRequest> = {}): Promise<Conversation> =>
  (await stores.conversations.findOrOpen(request(more))).conversation;
const now = async (conversation: Conversation): Promise<Conversation> => {
  const found = await stores.conversations.get(conversation.id);
  if (!found) throw new Error('The conversation is gone.');
  return found;
};

describe('finding or opening', () => {
  it('makes one conversation of fifty calls at once', async () => {
    const wanted = request();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => stores.conversations.findOrOpen(wanted)),
    );
    expect(new Set(results.map(({ conversation }) => conversation.id)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(results[0]?.conversation).toMatchObject({
      ...{ accountId: wanted.accountId, chat: wanted.chat, lineId: wanted.lineId },
      ...{ seq: 0, unread: 0, lastMessage: null, leadId: null, blocked: false },
      session: {
        number: 1,
        state: 'waiting',
        waitingSince: at(0),
        ownerId: null,
        firstAnswerAt: null,
      },
    });
  });

  it('opens one new session of a closed conversation, however many call at once', async () => {
    const wanted = request();
    const { conversation } = await stores.conversations.findOrOpen(wanted);
    const first = conversation.session.id;
    await stores.conversations.bump(conversation.id, {
      seq: 1,
      unread: 'keep',
      firstAnswerAt: at(1),
    });
    await stores.conversations.close(conversation.id, { sessionId: first }, at(2), null, 'done');
    const results = await Promise.all(
      Array.from({ length: 50 }, () => stores.conversations.findOrOpen({ ...wanted, at: at(3) })),
    );
    const sessions = new Set(results.map((result) => result.conversation.session.id));
    expect(sessions.size).toBe(1);
    expect(sessions.has(first)).toBe(false);
    expect(results[0]?.conversation.session).toMatchObject({
      ...{ number: 2, state: 'waiting', openedAt: at(3), closedAt: null, outcome: null },
      ...{ firstAnswerAt: null, tried: [] },
    });
    expect(results.some(({ created }) => created)).toBe(false);
  });

  it('finds many addresses in calls made together, each caller its own', async () => {
    const conversations = await Promise.all(Array.from({ length: 20 }, () => opened()));
    const wanted = [...conversations, ...conversations];
    const found = await Promise.all(
      wanted.map(({ accountId, chat }) => stores.conversations.byChat(accountId, chat)),
    );
    expect(found.map((one) => one?.id)).toEqual(wanted.map((one) => one.id));
    expect(found[0]).not.toBe(found[20]);
    expect(found[0]?.session).not.toBe(found[20]?.session);
    expect(await stores.conversations.byChat(id(), 'nowhere')).toBeNull();
  });
});

describe('claiming', () => {
  it('lets one of two hundred win', async () => {
    const { id: talk, session } = await opened();
    const operators = Array.from({ length: 200 }, id);
    const results = await Promise.all(
      operators.map((operator) =>
        stores.conversations.claim(
          talk,
          { sessionId: session.id, ownerId: null },
          operator,
          at(1),
          'took it',
        ),
      ),
    );
    const winners = results.filter((result) => result !== null);
    expect(winners).toHaveLength(1);
    const stored = await stores.conversations.get(talk);
    expect(stored?.session).toMatchObject({
      state: 'open',
      waitingSince: null,
      ownedAt: at(1),
      why: 'took it',
    });
    expect(stored?.session.ownerId).toBe(winners[0]?.session.ownerId);
  });

  it('is refused for another session, another owner, a closed session', async () => {
    const conversation = await opened();
    const { claim, close: end } = stores.conversations;
    const { id: talk, session } = conversation;
    const owner = id();
    expect(await claim(talk, { sessionId: id(), ownerId: null }, owner, at(1), '')).toBeNull();
    expect(
      await claim(talk, { sessionId: session.id, ownerId: id() }, owner, at(1), ''),
    ).toBeNull();
    expect(
      await claim(talk, { sessionId: session.id, ownerId: null }, owner, at(1), ''),
    ).not.toBeNull();
    const next = id();
    expect(
      (await claim(talk, { sessionId: session.id, ownerId: owner }, next, at(2), ''))?.session
        .ownerId,
    ).toBe(next);
    await end(talk, { sessionId: session.id }, at(3), null, null);
    expect(
      await claim(talk, { sessionId: session.id, ownerId: next }, owner, at(4), ''),
    ).toBeNull();
  });

  it('gives an unanswered talk back to its old place in the queue, and an answered one to the end', async () => {
    const conversation = await opened();
    const { id: talk, session } = conversation;
    const owner = id();
    const expected = { sessionId: session.id, ownerId: owner };
    const take = (second: number) =>
      stores.conversations.claim(
        talk,
        { sessionId: session.id, ownerId: null },
        owner,
        at(second),
        '',
      );
    await take(1);
    const skipped = await stores.conversations.release(talk, expected, at(5), '$skipped');
    expect(skipped?.session).toMatchObject({
      ...{ state: 'waiting', ownerId: null, ownedAt: null, waitingSince: at(0), why: '$skipped' },
      tried: [owner],
    });
    await take(6);
    await stores.conversations.bump(talk, { seq: 1, unread: 'keep', firstAnswerAt: at(7) });
    const returned = await stores.conversations.release(talk, expected, at(8), '');
    expect(returned?.session.waitingSince).toEqual(at(8));
    expect(await stores.conversations.release(talk, expected, at(9), '')).toBeNull();
  });
});

describe('closing', () => {
  it('happens once, and keeps the session where it is', async () => {
    const { id: talk, session } = await opened();
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        stores.conversations.close(talk, { sessionId: session.id }, at(1), 'Ann', 'sold'),
      ),
    );
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    const stored = await stores.conversations.get(talk);
    expect(stored?.session).toMatchObject({
      ...{
        id: session.id,
        state: 'closed',
        closedAt: at(1),
        closedBy: 'Ann',
        outcome: 'sold',
        waitingSince: null,
      },
    });
  });

  it('is found again among ended sessions, saved twice or once', async () => {
    const conversation = await opened();
    const { id: talk, session } = conversation;
    const closed = await stores.conversations.close(
      talk,
      { sessionId: session.id },
      at(1),
      null,
      null,
    );
    if (!closed) throw new Error('It was not closed.');
    await stores.sessions.archive(closed);
    await stores.sessions.archive(closed);
    expect(await stores.sessions.ofConversation(talk)).toEqual([closed.session]);
  });
});

describe('bumping', () => {
  const lastMessage = (seq: number) => ({
    text: `message ${seq}`,
    at: at(seq),
    direction: 'in' as const,
  });

  it('ends at the greatest seq whatever the order, and repeats nothing', async () => {
    const conversation = await opened();
    await Promise.all(
      [3, 1, 2].map((seq) =>
        stores.conversations.bump(conversation.id, {
          seq,
          lastMessage: lastMessage(seq),
          unread: 'add',
          lastCustomerAt: at(seq),
        }),
      ),
    );
    const before = await now(conversation);
    expect(before).toMatchObject({
      ...{ seq: 3, lastMessage: lastMessage(3), lastCustomerAt: at(3), activeAt: at(3) },
    });
    const again = await stores.conversations.bump(conversation.id, {
      seq: 3,
      lastMessage: lastMessage(9),
      unread: 'add',
    });
    expect(again).toEqual(before);
  });

  it('counts and clears what nobody has read, keeps the first answer, and raises rev', async () => {
    const conversation = await opened();
    const { bump } = stores.conversations;
    await bump(conversation.id, { seq: 1, lastMessage: lastMessage(1), unread: 'add' });
    await bump(conversation.id, { seq: 2, lastMessage: lastMessage(2), unread: 'add' });
    expect((await now(conversation)).unread).toBe(2);
    await bump(conversation.id, { seq: 3, unread: 'clear', firstAnswerAt: at(5) });
    const after = await bump(conversation.id, { seq: 4, unread: 'keep', firstAnswerAt: at(9) });
    expect(after).toMatchObject({ unread: 0, seq: 4, rev: 5, lastMessage: lastMessage(2) });
    expect(after?.session.firstAnswerAt).toEqual(at(5));
    expect(await bump(id(), { seq: 1, unread: 'keep' })).toBeNull();
  });

  it('serves many conversations at once, each with its own change', async () => {
    const conversations = await Promise.all(Array.from({ length: 30 }, () => opened()));
    const bumped = await Promise.all(
      conversations.map(({ id: talk }, index) =>
        stores.conversations.bump(talk, {
          seq: index + 1,
          lastMessage: lastMessage(index),
          unread: 'add',
        }),
      ),
    );
    expect(bumped.map((one) => [one?.id, one?.seq])).toEqual(
      conversations.map(({ id: talk }, index) => [talk, index + 1]),
    );
  });
});

describe('small changes', () => {
  it('are each written and raise rev', async () => {
    const { id: talk, session, contactId } = await opened();
    const leadId = id();
    await stores.conversations.setBlocked(talk, true);
    await stores.conversations.setLead(talk, leadId);
    const seen = { sessionId: session.id };
    await stores.queue.wait(talk, seen, 'nobody is online', 'absent');
    expect(await stores.queue.wait(talk, { sessionId: id() }, 'late')).toBeNull();
    await stores.conversations.setChat(talk, 'moved');
    await stores.conversations.renameContact(contactId, 'Bob');
    const read = await stores.conversations.markRead(talk);
    expect(read).toMatchObject({
      ...{ blocked: true, leadId, chat: 'moved', contactName: 'Bob', rev: 7 },
      session: { why: 'nobody is online', alerted: ['absent'] },
    });
  });
});

describe('queues and loads', () => {
  it('gives the waiting of a line, oldest first', async () => {
    const lineId = id();
    const third = await opened({ lineId, at: at(3) });
    const first = await opened({ lineId, at: at(1) });
    const second = await opened({ lineId, at: at(2) });
    const taken = await opened({ lineId, at: at(0) });
    await stores.conversations.claim(
      taken.id,
      { sessionId: taken.session.id, ownerId: null },
      id(),
      at(4),
      '',
    );
    const waiting = await stores.conversations.waiting(lineId, 10);
    expect(waiting.map((one) => one.id)).toEqual([first.id, second.id, third.id]);
    expect(await stores.conversations.waiting(lineId, 2)).toHaveLength(2);
    expect(await stores.conversations.linesWithWaiting()).toContain(lineId);
    expect(await stores.conversations.countsByLine([lineId])).toEqual(
      new Map([[lineId, { waiting: 3, open: 1 }]]),
    );
  });

  it('counts open talks per operator, over all and on a line', async () => {
    const [ann, bob] = [id(), id()];
    const lineId = id();
    for (const line of [lineId, lineId, id()]) {
      const talk = await opened({ lineId: line });
      await stores.conversations.claim(
        talk.id,
        { sessionId: talk.session.id, ownerId: null },
        ann,
        at(1),
        '',
      );
    }
    expect(await stores.conversations.loads([ann, bob], lineId)).toEqual(
      new Map([
        [ann, { total: 3, onLine: 2 }],
        [bob, { total: 0, onLine: 0 }],
      ]),
    );
  });
});
