import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { dyingStores } from '../../../test/harness/dying-stores.ts';
import { stored } from '../../../test/harness/flow.ts';
import { until } from '../../../test/harness/until.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { reply } from '../../desk/talks/reply.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { createComposedFlows } from './composed-flows.ts';
import { createFlowRunner } from './runner.ts';

let test: TestDesk;
let ann: Principal;
let serial = 0;
beforeAll(async () => {
  test = await openTestDesk();
  ann = await test.person('Ann');
});
afterAll(() => test.close());

const open = async (flows: Line['flows'], more: Partial<Line> = {}): Promise<AccountRecord> =>
  test.account(await test.line(`Line ${++serial}`, [ann], { flows, ...more }), 'sandbox', {
    secret: 'sandbox-secret-for-tests',
  });
const settled = async (): Promise<void> => {
  await test.desk.ingress.idle();
  await test.desk.flowRunner.idle();
  await test.desk.router.idle();
};
const write = async (account: AccountRecord, chat: string, text: string) => {
  await test.write(account, chat, text);
  await settled();
  const talk = await test.desk.stores.conversations.byChat(account.id, chat);
  if (!talk) throw new Error('no talk');
  return talk;
};
const messages = (id: string): Promise<Message[]> =>
  test.desk.stores.messages.before(id, Infinity, 100);
const said = async (id: string): Promise<string[]> =>
  (await messages(id)).filter(({ direction }) => direction === 'out').map(({ text }) => text);
const press = async (account: AccountRecord, chat: string, id: string, label: string) => {
  const token = (await messages(id))
    .flatMap(({ buttons }) => buttons)
    .findLast((button) => button.label === label)?.token;
  if (!token) throw new Error(`no button ${label}`);
  serial++;
  await test.desk.ingress.accept(
    account.id,
    {
      events: [
        {
          type: 'button',
          id: `press-${serial}`,
          at: test.clock.now(),
          chat: { id: chat, kind: 'private' },
          from: { id: chat },
          token,
        },
      ],
    },
    null,
  );
  await settled();
};
const pass = async (ms: number): Promise<void> => {
  test.clock.advance(ms);
  await test.desk.flowRunner.sweep();
  await settled();
};
const MENU = {
  name: 'menu',
  config: {
    text: 'What?',
    options: [{ label: 'Sales', act: 'queue', text: 'One moment.' }],
    again: 'Again?',
    patienceMinutes: 10,
  },
};

describe('flows of a talk', () => {
  it('greet after the customer’s message, through the outbox, while operators are asked', async () => {
    const account = await open([{ name: 'greeting', config: { text: 'Hello!' } }]);
    const talk = await write(account, 'greet', 'hi');
    expect((await messages(talk.id)).map(({ direction, text }) => `${direction} ${text}`)).toEqual(
      expect.arrayContaining(['in hi', 'out Hello!']),
    );
    const greeting = (await messages(talk.id)).find(({ text }) => text === 'Hello!');
    expect(greeting).toMatchObject({
      author: { kind: 'system' },
      delivery: { log: expect.anything() },
    });
    expect(talk.session.ownerId).toBe(ann.user.id);
    await write(account, 'greet', 'hi again');
    expect(await said(talk.id)).toEqual(['Hello!']);
  });

  it('keep operators out until the menu is through, and then hand over', async () => {
    const account = await open([MENU]);
    const talk = await write(account, 'menu', 'hi');
    expect(talk.session).toMatchObject({ ownerId: null, place: 'held' });
    await test.desk.router.sweep();
    await settled();
    expect((await write(account, 'menu', 'what?')).session.ownerId).toBeNull();
    await press(account, 'menu', talk.id, 'Sales');
    expect(await said(talk.id)).toEqual(['What?', 'Again?', 'One moment.']);
    const after = await until('Ann to get it', async () => {
      const now = await test.desk.stores.conversations.get(talk.id);
      return now?.session.ownerId ? now : null;
    });
    expect(after.session.ownerId).toBe(ann.user.id);
  });

  it('hand over to another line that the customer chose', async () => {
    const bob = await test.person('Bob');
    const other = await test.line('Billing', [bob]);
    const account = await open([
      {
        name: 'menu',
        config: { ...MENU.config, options: [{ label: 'Billing', act: 'line', lineId: other.id }] },
      },
      {
        name: 'queue-notice',
        config: { text: 'Place {position}', from: 1, everyMinutes: null, most: 1 },
      },
    ]);
    const talk = await write(account, 'line', 'hi');
    await press(account, 'line', talk.id, 'Billing');
    const after = await until('Bob to get it', async () => {
      const now = await test.desk.stores.conversations.get(talk.id);
      return now?.session.ownerId ? now : null;
    });
    expect([after.lineId, after.session.ownerId]).toEqual([other.id, bob.user.id]);
    expect(await said(talk.id)).toEqual(['What?']);
  });

  it('hand over by the clock when the customer is silent', async () => {
    const account = await open([MENU]);
    const talk = await write(account, 'silent', 'hi');
    await pass(9 * 60_000);
    expect((await test.desk.stores.conversations.get(talk.id))?.session.ownerId).toBeNull();
    await pass(61_000);
    await until('Ann to get it', async () =>
      Boolean((await test.desk.stores.conversations.get(talk.id))?.session.ownerId),
    );
    expect(await said(talk.id)).toEqual(['What?']);
  });

  it('end at a person’s answer', async () => {
    const account = await open([
      MENU,
      { name: 'no-answer', config: { text: 'Busy.', afterMinutes: 5 } },
    ]);
    const talk = await write(account, 'answered', 'hi');
    await reply(test.desk, ann, talk.id, { text: 'I am here.', clientId: 'c1' });
    await settled();
    await write(account, 'answered', 'Sales');
    await pass(3_600_000);
    expect(await said(talk.id)).toEqual(['What?', 'I am here.']);
  });

  it('say nothing twice, whatever is repeated', async () => {
    const account = await open([MENU]);
    const talk = await write(account, 'twice', 'hi');
    const now = await test.desk.stores.conversations.get(talk.id);
    const first = (await messages(talk.id)).find(({ direction }) => direction === 'in');
    if (!now || !first) throw new Error('no message');
    await Promise.all(
      Array.from({ length: 8 }, () => test.desk.flowRunner.heard(now, first, null)),
    );
    expect(await said(talk.id)).toEqual(['What?']);
  });

  it('do after a crash what was decided before it, once', async () => {
    const account = await open([{ name: 'greeting', config: { text: 'Hello!' } }]);
    const talk = await write(account, 'crash', 'hi');
    // As it is when the process dies after writing the step: the task is there, half of the deed is done.
    const plan = talk.session.flow;
    if (!plan) throw new Error('no plan');
    const crashed = {
      ...plan,
      step: plan.step + 1,
      tasks: [
        { key: `flow:${talk.session.id}:1:1`, effect: { do: 'say', text: 'Hello!' } },
        { key: `flow:${talk.session.id}:2:1`, effect: { do: 'say', text: 'Second.' } },
      ] as const,
      wakeAt: test.clock.now(),
    };
    await test.desk.stores.flows.step(
      talk.id,
      talk.session.id,
      { ...crashed, tasks: [...crashed.tasks] },
      false,
    );
    await pass(20_000);
    await pass(20_000);
    expect(await said(talk.id)).toEqual(['Hello!', 'Second.']);
    expect((await test.desk.stores.conversations.get(talk.id))?.session.flow?.tasks).toEqual([]);
  });

  it('end as they must, whichever write the process dies at', async () => {
    const flows = [
      { name: 'greeting', config: { text: 'Hello!' } },
      MENU,
      { name: 'closing', config: { text: 'Bye.' } },
    ];
    const { stores, bus, clock, log, directory } = test.desk;
    const account = await open(flows);
    const parts = {
      ...{ bus, clock, log, flows: test.desk.flows, line: directory.line },
      composed: createComposedFlows(stores, test.desk.composer),
      ...{ lineOpen: () => true, consider: () => {}, wakeDelivery: () => {} },
    };
    let writes = 0;
    for (let deathAt = 1; deathAt < 40; deathAt++) {
      const { conversation, message } = await stored(test.desk, account, `dying-${deathAt}`, 'hi');
      writes = 0;
      const dying = createFlowRunner({
        ...parts,
        stores: dyingStores(stores, () => ++writes === deathAt),
      });
      const died = await dying
        .opening(conversation)
        .then((opened) => dying.heard(opened, message, null))
        .then(
          () => false,
          () => true,
        );
      dying.stop();
      // The event is applied again, as after a restart; what nobody repeats is found by the sweep.
      const next = createFlowRunner({ ...parts, stores });
      const now = await stores.conversations.get(conversation.id);
      if (!now) throw new Error('no talk');
      if (deathAt % 2 === 0) await next.heard(now, message, null);
      else {
        if (!now.session.flow?.step) await next.heard(now, message, null);
        test.clock.advance(20_000);
        await next.sweep();
        await next.idle();
      }
      expect(await said(conversation.id), `death at write ${deathAt}`).toEqual(['Hello!', 'What?']);
      const end = (await stores.conversations.get(conversation.id))?.session;
      expect(end?.flow?.tasks).toEqual([]);
      expect(end?.place).toBe('held');
      next.stop();
      if (!died) break;
    }
    // Begin, step, two messages with two counts each, tokens, done: each was died at.
    expect(writes).toBeGreaterThanOrEqual(7);
  });

  it('go on as they were when the line’s settings change under way', async () => {
    const account = await open([MENU]);
    const talk = await write(account, 'version', 'hi');
    await test.desk.stores.lines.change(account.lineId ?? '', { flows: [] });
    test.desk.bus.publish({ type: 'line.changed', lineId: account.lineId ?? '' });
    await write(account, 'version', '1');
    expect(await said(talk.id)).toEqual(['What?', 'One moment.']);
  });

  it('ask for contact details and put them into the CRM', async () => {
    const account = await open([{ name: 'lead-capture', config: leadCapture(['email']) }]);
    const talk = await write(account, 'lead', 'hi');
    await write(account, 'lead', 'nonsense');
    await write(account, 'lead', 'Ann@Example.org');
    expect(await test.desk.stores.contacts.get(talk.contactId)).toMatchObject({
      emails: ['ann@example.org'],
    });
    expect(await said(talk.id)).toEqual(['E-mail?', 'Really?', 'Thanks.']);
  });

  it('tell the time of the line when it is closed: its own text needs no flow', async () => {
    const account = await open([], {
      hours: { sun: [['09:00', '10:00']] },
      offHours: { action: 'text', text: 'Back on Sunday.' },
    });
    const talk = await write(account, 'closed', 'hi');
    expect(await said(talk.id)).toEqual(['Back on Sunday.']);
  });
});

describe('after the talk', () => {
  const RATING = {
    name: 'rating',
    config: {
      text: 'How was it?',
      scale: 'five',
      comment: 'Why?',
      thanks: 'Thanks!',
      patienceMinutes: 60,
    },
  };
  const closedTalk = async (chat: string) => {
    const account = await open([{ name: 'closing', config: { text: 'Bye.' } }, RATING]);
    const talk = await write(account, chat, 'hi');
    await closeTalk(test.desk, ann, talk.id, 'won');
    await until('the farewell', async () => (await said(talk.id)).includes('How was it?'));
    await settled();
    return { account, talk };
  };
  const state = async (id: string) => (await test.desk.stores.conversations.get(id))?.session;

  it('a rating belongs to the closed session, and so does its comment', async () => {
    const { account, talk } = await closedTalk('rate');
    await press(account, 'rate', talk.id, '2');
    expect(await state(talk.id)).toMatchObject({
      id: talk.session.id,
      state: 'closed',
      rating: { score: 2, comment: null },
    });
    await write(account, 'rate', 'Slow.');
    expect(await state(talk.id)).toMatchObject({
      state: 'closed',
      rating: { score: 2, comment: 'Slow.' },
    });
    expect(await said(talk.id)).toEqual(['Bye.', 'How was it?', 'Why?', 'Thanks!']);
    const [archived] = await test.desk.stores.sessions.ofConversation(talk.id);
    expect(archived?.rating).toMatchObject({ score: 2, comment: 'Slow.' });
    await write(account, 'rate', '5');
    expect(await state(talk.id)).toMatchObject({ number: 2 });
    expect((await state(talk.id))?.rating).toBeUndefined();
  });

  it('anything else begins a new session', async () => {
    const { account, talk } = await closedTalk('else');
    await write(account, 'else', 'One more thing');
    expect(await state(talk.id)).toMatchObject({ number: 2, state: 'open' });
  });

  it('a rating that comes too late is a message', async () => {
    const { account, talk } = await closedTalk('late');
    await pass(61 * 60_000);
    await write(account, 'late', '5');
    expect(await state(talk.id)).toMatchObject({ number: 2 });
  });
});

function leadCapture(ask: string[]) {
  return {
    ask,
    name: 'Name?',
    phone: 'Phone?',
    email: 'E-mail?',
    wrongName: 'Really?',
    wrongPhone: 'Really?',
    wrongEmail: 'Really?',
    thanks: 'Thanks.',
    tries: 3,
    patienceMinutes: 15,
  };
}
