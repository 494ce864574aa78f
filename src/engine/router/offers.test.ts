import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { listDecisions } from '../../desk/talks/list-decisions.ts';
import { note } from '../../desk/talks/note.ts';
import { reply } from '../../desk/talks/reply.ts';
import { skipTalk } from '../../desk/talks/skip-talk.ts';
import { snoozeTalk } from '../../desk/talks/snooze-talk.ts';
import { takeTalk } from '../../desk/talks/take-talk.ts';
import { transferTalk } from '../../desk/talks/transfer-talk.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { createRouter } from './route.ts';

let test: TestDesk;
let events: DomainEvent[];
let serial = 0;

beforeAll(async () => {
  test = await openTestDesk();
  test.desk.bus.onAny((event) => void events.push(event));
});
afterAll(() => test.close());
beforeEach(() => {
  events = [];
});

/** A line of 60-second offers with its sandbox channel. */
const open = async (
  members: readonly Principal[],
  more: Partial<Line> = {},
): Promise<{ line: Line; account: AccountRecord }> => {
  const line = await test.line(`Line ${++serial}`, members, {
    ...{ queue: 'strictly', assign: 'offer' },
    ...more,
  });
  const account = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
  return { line, account };
};
const write = (account: AccountRecord, text = 'hi', chat = `chat-${++serial}`) =>
  test.write(account, chat, text);
const talkOf = async ({ id }: Pick<Conversation, 'id'>): Promise<Conversation> => {
  const talk = await test.desk.stores.conversations.get(id);
  if (!talk) throw new Error('The talk is gone.');
  return talk;
};
const settled = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 40));
  await test.desk.router.idle();
};
const pass = async (seconds: number): Promise<void> => {
  test.clock.advance(seconds * 1000);
  await test.desk.router.due();
  await settled();
};
const acts = async (who: Principal, { id }: Conversation) =>
  (await listDecisions(test.desk, who, id, { limit: 50 })).items
    .map(({ act, operatorName, why }) => `${act} ${operatorName ?? '-'}: ${why}`)
    .reverse();
/** What the bus told of one talk: others of this file go on beside it. */
const told = (type: 'session.unanswered' | 'alert', { id }: Conversation) =>
  events.filter(
    (event) =>
      event.type === type &&
      !(event.type === 'alert' && event.title.endsWith('is offered to you')) &&
      ('conversationId' in event ? event.conversationId === id : true) &&
      ('conversation' in event ? event.conversation.id === id : true),
  );
const presence = async (who: Principal, state: 'online' | 'offline') => {
  await test.desk.stores.users.setPresence(who.user.id, state, test.clock.now());
  test.desk.bus.publish({ type: 'presence.changed', userId: who.user.id, state });
  await settled();
};
const say = (text: string) => ({ text, clientId: `client-${++serial}` });

describe('an offer', () => {
  it('lives its time, goes to the next, never twice to one in a round, and then rests', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob]);
    const talk = await write(account);
    expect(talk.session).toMatchObject({ place: 'offered', offer: { operatorId: ann.user.id } });
    await pass(59);
    expect((await talkOf(talk)).session.offer?.operatorId).toBe(ann.user.id);
    await pass(2);
    expect((await talkOf(talk)).session.offer?.operatorId).toBe(bob.user.id);
    await pass(61);
    expect((await talkOf(talk)).session).toMatchObject({
      place: 'resting',
      offer: null,
      rounds: 1,
    });
    expect(told('session.unanswered', talk)).toMatchObject([{ round: 1 }]);
    expect(told('alert', talk)).toHaveLength(1);
    await pass(61);
    expect((await talkOf(talk)).session).toMatchObject({
      ...{ place: 'offered', tried: [] },
      offer: { operatorId: ann.user.id },
    });
    expect(await acts(ann, talk)).toEqual([
      'offer Ann: Strictly in order: number 1 of the line is free.',
      'skip Ann: Did not take it within 60 s.',
      'offer Bob: Strictly in order: number 2 of the line is free.',
      'skip Bob: Did not take it within 60 s.',
      'wait -: Everybody who is free had their turn: asked again in 60 s.',
      'offer Ann: Strictly in order: number 1 of the line is free.',
    ]);
  });

  it('goes to somebody new at once while it rests', async () => {
    const ann = await test.person('Ann');
    const zoe = await test.person('Zoe', 'operator', { online: false });
    const { account } = await open([ann, zoe]);
    const talk = await write(account);
    await pass(61);
    expect((await talkOf(talk)).session.place).toBe('resting');
    await presence(zoe, 'online');
    expect((await talkOf(talk)).session.offer?.operatorId).toBe(zoe.user.id);
  });

  it('is declined, taken, and fills a place while it lives', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob], { maxTalksPerOperator: 1 });
    const first = await write(account);
    test.clock.advance(1_000);
    const second = await write(account);
    test.clock.advance(1_000);
    const third = await write(account);
    expect([first, second, third].map(({ session }) => session.offer?.operatorId)).toEqual([
      ann.user.id,
      bob.user.id,
      undefined,
    ]);
    await takeTalk(test.desk, bob, second.id);
    expect((await talkOf(second)).session).toMatchObject({ offer: null, timer: null, place: null });
    await skipTalk(test.desk, ann, first.id);
    await settled();
    // Bob is full, Ann said no: the first rests, and Ann's place is the third's.
    expect((await talkOf(first)).session.place).toBe('resting');
    expect((await talkOf(third)).session.offer?.operatorId).toBe(ann.user.id);
  });

  it('gives the place back when a colleague takes what was offered', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob], { maxTalksPerOperator: 1 });
    const first = await write(account);
    await presence(bob, 'offline');
    test.clock.advance(1_000);
    const second = await write(account);
    expect(second.session.offer).toBeNull();
    await takeTalk(test.desk, bob, first.id);
    await settled();
    expect((await talkOf(second)).session.offer?.operatorId).toBe(ann.user.id);
  });

  it('is not taken by somebody who has no place for it, and they are told why', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob], { maxTalksPerOperator: 1 });
    const first = await write(account);
    await write(account);
    await expect(takeTalk(test.desk, bob, first.id)).rejects.toThrow(
      'You have no place for another talk: 1 of at most 1 talks on this line. ' +
        'Close one, hand one on, or skip what is offered to you first.',
    );
    expect((await talkOf(first)).session.offer?.operatorId).toBe(ann.user.id);
  });

  it('to all at once ends the round when nobody takes it', async () => {
    const { account } = await open([await test.person('Ann'), await test.person('Bob')], {
      queue: 'all',
    });
    const talk = await write(account);
    expect(talk.session).toMatchObject({ place: 'offered', offer: { operatorId: null } });
    await pass(61);
    expect((await talkOf(talk)).session).toMatchObject({ place: 'resting', rounds: 1 });
    await pass(61);
    expect((await talkOf(talk)).session.place).toBe('offered');
  });

  it('outlives the process that made it', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob]);
    const talk = await write(account);
    test.clock.advance(61_000);
    const { stores, bus, clock, log } = test.desk;
    const other = createRouter({ stores, bus, clock, log });
    await other.sweep();
    await other.idle();
    other.stop();
    await test.desk.router.idle();
    expect((await talkOf(talk)).session.offer?.operatorId).toBe(bob.user.id);
  });
});

describe('an assigned talk', () => {
  it('goes to the next when it is not answered in time, and stays once it is', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob], { assign: 'direct' });
    const talk = await write(account);
    const answered = await write(account);
    await reply(test.desk, ann, answered.id, say('hello'));
    await pass(61);
    expect((await talkOf(talk)).session).toMatchObject({
      ...{ ownerId: bob.user.id, tried: [ann.user.id], state: 'open' },
    });
    expect((await talkOf(answered)).session).toMatchObject({ ownerId: ann.user.id, timer: null });
    expect(await acts(bob, talk)).toEqual([
      'assign Ann: Strictly in order: number 1 of the line is free.',
      'skip Ann: Did not answer within 60 s.',
      'assign Bob: Strictly in order: number 2 of the line is free.',
    ]);
  });

  it('stays with its owner when nobody else can have it, and supervisors hear of it once', async () => {
    const ann = await test.person('Ann');
    const { account } = await open([ann], { assign: 'direct' });
    const talk = await write(account);
    for (let round = 0; round < 3; round++) await pass(600);
    expect((await talkOf(talk)).session).toMatchObject({ ownerId: ann.user.id, rounds: 3 });
    expect(told('session.unanswered', talk)).toHaveLength(3);
    expect(told('alert', talk)).toHaveLength(1);
  });

  it('taken by hand is nobody else’s, however long it takes', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob]);
    const talk = await write(account);
    await takeTalk(test.desk, ann, talk.id);
    await pass(3_600);
    expect((await talkOf(talk)).session.ownerId).toBe(ann.user.id);
  });
});

describe('nobody who can', () => {
  it('alerts at once with the reason, once per session and reason', async () => {
    const ann = await test.person('Ann', 'operator', { online: false });
    const { account } = await open([ann], { maxTalksPerOperator: 1 });
    const talk = await write(account);
    expect(told('alert', talk)).toMatchObject([{ text: 'Nobody is free: 1 offline.' }]);
    await presence(ann, 'online');
    await presence(ann, 'offline');
    await pass(61);
    await test.desk.router.sweep();
    await settled();
    expect(told('alert', talk)).toHaveLength(1);
    expect((await talkOf(talk)).session.alerted).toEqual(['nobody-there']);
  });

  it('waits while the line is closed, and goes on when it opens', async () => {
    const ann = await test.person('Ann');
    const day: [string, string][] = [['09:00', '18:00']];
    test.clock.set('2026-11-03T02:00:00Z');
    const { account } = await open([ann], { hours: { tue: day }, assign: 'direct' });
    const talk = await write(account);
    expect(talk.session).toMatchObject({ ownerId: null, place: 'ready' });
    expect(talk.session.why).toMatch(/^The line is closed until Tue,? 3 Nov,? 09:00\.$/);
    test.clock.set('2026-11-03T08:00:01Z');
    await test.desk.router.sweep();
    await settled();
    expect((await talkOf(talk)).session.ownerId).toBe(ann.user.id);
  });
});

describe('places', () => {
  it('count only talks that wait for the operator, if the line says so', async () => {
    const ann = await test.person('Ann');
    const { account } = await open([ann], {
      ...{ assign: 'direct', maxTalksPerOperator: 1, counts: 'awaiting' },
    });
    const first = await write(account, 'hi', 'counts-first');
    test.clock.advance(1_000);
    const second = await write(account);
    expect(second.session.ownerId).toBeNull();
    await reply(test.desk, ann, first.id, say('hello'));
    await settled();
    expect((await talkOf(second)).session.ownerId).toBe(ann.user.id);
  });

  it('go to the line of higher priority, then to the oldest', async () => {
    const ann = await test.person('Ann', 'operator', { maxTalks: 1 });
    const low = await open([ann], { assign: 'direct' });
    const high = await open([ann], { assign: 'direct', priority: 5 });
    const same = await open([ann], { assign: 'direct' });
    const talks = [];
    for (const { account } of [low, low, same, high]) {
      talks.push(await write(account));
      test.clock.advance(1_000);
    }
    const owners = [];
    for (const index of [0, 3, 1, 2]) {
      const talk = talks[index] as Conversation;
      owners.push((await talkOf(talk)).session.ownerId);
      await closeTalk(test.desk, ann, talk.id, null);
      await settled();
    }
    expect(owners).toEqual([ann, ann, ann, ann].map(({ user }) => user.id));
  });
});

describe('sticky lines', () => {
  it('give a customer who comes back to who had them last, if they are there, and say why not', async () => {
    const [ann, bob] = [await test.person('Ann'), await test.person('Bob')];
    const { account } = await open([ann, bob], { assign: 'direct', sticky: 'last' });
    const talk = await write(account, 'hi', 'sticky');
    await transferTalk(test.desk, ann, talk.id, { userId: bob.user.id });
    await closeTalk(test.desk, bob, talk.id, null);
    const again = await write(account, 'again', 'sticky');
    expect(again.session).toMatchObject({
      ownerId: bob.user.id,
      why: 'Bob had this customer last.',
    });
    await closeTalk(test.desk, bob, talk.id, null);
    await presence(bob, 'offline');
    const third = await write(account, 'again', 'sticky');
    expect(third.session).toMatchObject({
      ownerId: ann.user.id,
      why: 'Bob had this customer last, but can not have the talk: Offline. Strictly in order: number 1 of the line is free.',
    });
  });

  it('give a customer to their owner in the CRM, who need not be of the line', async () => {
    const [ann, eve] = [await test.person('Ann'), await test.person('Eve')];
    const { account } = await open([ann], { assign: 'direct', sticky: 'owner' });
    const talk = await write(account, 'hi', 'owner');
    await test.desk.stores.contacts.change(talk.contactId, { ownerId: eve.user.id });
    await closeTalk(test.desk, ann, talk.id, null);
    const again = await write(account, 'again', 'owner');
    expect(again.session.ownerId).toBe(eve.user.id);
  });
});

describe('a talk put off', () => {
  it('comes back at its time, or when the customer writes', async () => {
    const ann = await test.person('Ann');
    const { account } = await open([ann], { assign: 'direct' });
    const talk = await write(account, 'hi', 'snooze');
    await note(test.desk, ann, talk.id, say('call them tomorrow'));
    const until = new Date(test.clock.now().getTime() + 3_600_000);
    await snoozeTalk(test.desk, ann, talk.id, until);
    await pass(3_599);
    expect((await talkOf(talk)).session.snoozedUntil).toEqual(until);
    await pass(2);
    expect((await talkOf(talk)).session).toMatchObject({ snoozedUntil: null, timer: null });
    expect(told('alert', talk)).toMatchObject([{ audience: { userIds: [ann.user.id] } }]);
    await snoozeTalk(test.desk, ann, talk.id, new Date(test.clock.now().getTime() + 3_600_000));
    await write(account, 'are you there?', 'snooze');
    await settled();
    expect((await talkOf(talk)).session).toMatchObject({ snoozedUntil: null, timer: null });
  });
});
