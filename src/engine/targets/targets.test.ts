import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { reply } from '../../desk/talks/reply.ts';
import { conversationView } from '../../desk/views/conversation.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';

let test: TestDesk;
let ann: Principal;
let serial = 0;
const alerts: Extract<DomainEvent, { type: 'alert' }>[] = [];
beforeAll(async () => {
  test = await openTestDesk();
  ann = await test.person('Ann');
  test.desk.bus.on('alert', (event) => void alerts.push(event));
});
beforeEach(() => void alerts.splice(0));
afterAll(() => test.close());

const TARGETS = {
  firstAnswerMinutes: 10,
  nextAnswerMinutes: 20,
  resolutionMinutes: null,
  warnPercent: 80,
};
const account = async (more: Partial<Line> = { targets: TARGETS }): Promise<AccountRecord> =>
  test.account(await test.line(`Line ${++serial}`, [ann], more), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
const settled = async () => {
  await test.desk.ingress.idle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await test.desk.targets.idle();
};
const write = async (to: AccountRecord, chat: string, text = 'hi') => {
  const talk = await test.write(to, chat, text);
  await settled();
  return talk;
};
const answer = async (id: string) => {
  await reply(test.desk, ann, id, { text: 'Hello.', clientId: `c${++serial}` });
  await settled();
};
const pass = async (ms: number) => {
  test.clock.advance(ms);
  await test.desk.targets.sweep();
  await settled();
};
const targets = async (id: string) => {
  const talk = await test.desk.stores.conversations.get(id);
  const view = talk && (await conversationView(test.desk, talk));
  return view?.targets?.map(({ kind, state }) => `${kind} ${state}`);
};

it('a talk shows its targets; people are warned, then alerted, once each', async () => {
  const talk = await write(await account(), 'late');
  expect(await targets(talk.id)).toEqual(['first-answer running']);
  await pass(8 * 60_000 - 1_000);
  expect(alerts).toEqual([]);
  await pass(1_000);
  expect(await targets(talk.id)).toEqual(['first-answer near']);
  expect(alerts).toMatchObject([{ tone: 'warn', audience: { userIds: [ann.user.id] } }]);
  await pass(60_000);
  expect(alerts).toHaveLength(1);
  await pass(60_000);
  expect(await targets(talk.id)).toEqual(['first-answer missed']);
  expect(alerts.slice(1)).toMatchObject([
    {
      tone: 'bad',
      audience: { userIds: [ann.user.id], and: 'supervisors' },
      conversationId: talk.id,
    },
  ]);
  await pass(3_600_000);
  expect(alerts).toHaveLength(2);
  await answer(talk.id);
  expect(await targets(talk.id)).toEqual(['first-answer missed']);
});

it('an answer in time meets it, the next question has a target of its own', async () => {
  const to = await account();
  const talk = await write(to, 'good');
  await pass(60_000);
  await answer(talk.id);
  expect(await targets(talk.id)).toEqual(['first-answer met']);
  await pass(60_000);
  await write(to, 'good', 'and then?');
  expect(await targets(talk.id)).toEqual(['first-answer met', 'next-answer running']);
  await pass(21 * 60_000);
  expect(await targets(talk.id)).toEqual(['first-answer met', 'next-answer missed']);
  await closeTalk(test.desk, ann, talk.id, null);
  await settled();
  alerts.splice(0);
  await pass(3_600_000);
  expect(alerts).toEqual([]);
});

it('an answer that was given while nobody listened is no missed one', async () => {
  const talk = await write(await account(), 'crash');
  test.desk.targets.stop();
  await answer(talk.id);
  await pass(3_600_000);
  expect(await targets(talk.id)).toEqual(['first-answer met']);
  expect(alerts).toEqual([]);
});

it('an answered talk is closed after the customer’s silence, others are not', async () => {
  const to = await account({ autoCloseMinutes: 30 });
  const answered = await write(to, 'silent');
  const open = await write(to, 'waits');
  await answer(answered.id);
  await pass(29 * 60_000);
  const state = async (id: string) => (await test.desk.stores.conversations.get(id))?.session;
  expect((await state(answered.id))?.state).toBe('open');
  await pass(61_000);
  expect(await state(answered.id)).toMatchObject({ state: 'closed', outcome: 'silence' });
  expect((await state(open.id))?.state).toBe('open');
});
