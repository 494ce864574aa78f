import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { dyingStores } from '../../../test/harness/dying-stores.ts';
import { stored } from '../../../test/harness/flow.ts';
import { until } from '../../../test/harness/until.ts';
import { flowScript } from '../../contract/composed.ts';
import { changeFlow } from '../../desk/flows/change-flow.ts';
import { createFlow } from '../../desk/flows/create-flow.ts';
import { publishFlow } from '../../desk/flows/publish-flow.ts';
import { removeFlow } from '../../desk/flows/remove-flow.ts';
import { closeTalk } from '../../desk/talks/close-talk.ts';
import { reply } from '../../desk/talks/reply.ts';
import { writeDownRest } from '../../desk/talks/write-down-rest.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Stores } from '../../domain/stores.ts';
import { createComposedFlows } from './composed-flows.ts';
import { createFlowRunner } from './runner.ts';

let test: TestDesk;
let admin: Principal;
let ann: Principal;
let serial = 0;
beforeAll(async () => {
  test = await openTestDesk();
  admin = await test.person('Ada', 'administrator', { online: false });
  ann = await test.person('Ann');
});
afterAll(() => test.close());

const settled = async (): Promise<void> => {
  await test.desk.ingress.idle();
  await test.desk.flowRunner.idle();
  await test.desk.router.idle();
};
const said = async (id: string): Promise<string[]> =>
  (await test.desk.stores.messages.before(id, Infinity, 100))
    .filter(({ direction }) => direction === 'out')
    .map(({ text }) => text);
const write = async (account: AccountRecord, chat: string, text: string) => {
  await test.write(account, chat, text);
  await settled();
  const talk = await test.desk.stores.conversations.byChat(account.id, chat);
  if (!talk) throw new Error('no talk');
  return talk;
};
const pass = async (ms: number): Promise<void> => {
  test.clock.advance(ms);
  await test.desk.flowRunner.sweep();
  await settled();
};

const script = (steps: object[], begins: 'opened' | 'queued' | 'closed' = 'opened') =>
  flowScript.parse({ begins, steps });
const asking = (hello: string) =>
  script([
    { id: 'hi', kind: 'say', text: hello },
    {
      ...{ id: 'what', kind: 'ask', text: 'What?', again: 'Again?', otherwise: 'people' },
      options: [
        { label: 'Prices', next: 'mail' },
        { label: 'A person', next: 'people' },
      ],
    },
    { id: 'mail', kind: 'contact', field: 'email', text: 'E-mail?' },
    { id: 'tag', kind: 'tag', tag: ' #Prices ' },
    { id: 'people', kind: 'people', text: `${hello} One moment.` },
  ]);
const published = async (draft: ReturnType<typeof script>, name = `Flow ${++serial}`) => {
  const { id, rev } = await createFlow(test.desk, admin, { name, draft });
  return publishFlow(test.desk, admin, id, { rev, note: '' });
};
const open = async (flowId: string): Promise<AccountRecord> =>
  test.account(
    await test.line(`Line ${++serial}`, [ann], { flows: [{ name: flowId, config: {} }] }),
    'sandbox',
    { secret: 'sandbox-secret-for-tests' },
  );
const withAnn = (id: string) =>
  until('Ann to get it', async () => {
    const now = await test.desk.stores.conversations.get(id);
    return now?.session.ownerId === ann.user.id ? now : null;
  });

describe('a talk in a composed flow', () => {
  it('is led through it, kept from operators meanwhile, and handed over', async () => {
    const account = await open((await published(asking('Hello!'))).id);
    const talk = await write(account, 'through', 'hi');
    expect(talk.session).toMatchObject({ ownerId: null, place: 'held' });
    await write(account, 'through', 'Prices');
    await write(account, 'through', 'it is a@b.co');
    const after = await withAnn(talk.id);
    expect(await said(talk.id)).toEqual(['Hello!', 'What?', 'E-mail?', 'Hello! One moment.']);
    expect(after.tags).toEqual(['prices']);
    expect((await test.desk.stores.contacts.get(talk.contactId))?.emails).toEqual(['a@b.co']);
  });

  it('keeps its version, whatever is published, taken off the line or removed meanwhile', async () => {
    const flow = await published(asking('One.'));
    const account = await open(flow.id);
    const talk = await write(account, 'version', 'hi');
    const second = await changeFlow(test.desk, admin, flow.id, {
      rev: flow.rev,
      draft: asking('Two.'),
    });
    await publishFlow(test.desk, admin, flow.id, { rev: second.rev, note: '' });
    const other = await write(account, 'version-2', 'hi');
    expect(await said(other.id)).toEqual(['Two.', 'What?']);

    await test.desk.stores.lines.change(account.lineId ?? '', { flows: [] });
    await removeFlow(test.desk, admin, flow.id);
    await write(account, 'version', '2');
    await write(account, 'version-2', 'A person');
    await Promise.all([withAnn(talk.id), withAnn(other.id)]);
    expect(await said(talk.id)).toEqual(['One.', 'What?', 'One. One moment.']);
    expect(await said(other.id)).toEqual(['Two.', 'What?', 'Two. One moment.']);
  });

  it('keeps its version over a restart', async () => {
    const flow = await published(asking('Before.'));
    const account = await open(flow.id);
    const talk = await write(account, 'restart', 'hi');
    await publishFlow(test.desk, admin, flow.id, { rev: flow.rev, note: 'again' });
    const { stores, bus, clock, log, directory, flows, composer } = test.desk;
    const next = createFlowRunner({
      ...{ stores, bus, clock, log, flows, line: directory.line, lineOpen: () => true },
      composed: createComposedFlows(stores, composer),
      ...{ consider: () => {}, wakeDelivery: () => {} },
    });
    test.clock.advance(16 * 60_000);
    await next.sweep();
    await next.idle();
    next.stop();
    expect(await said(talk.id)).toEqual(['Before.', 'What?', 'Before. One moment.']);
    expect((await stores.conversations.get(talk.id))?.session.flow?.runs[0]).toMatchObject({
      name: flow.id,
      version: 1,
    });
  });

  it('is out of it at a person’s answer', async () => {
    const account = await open((await published(asking('Hello!'))).id);
    const talk = await write(account, 'answered', 'hi');
    await reply(test.desk, ann, talk.id, { text: 'I am here.', clientId: 'c1' });
    await settled();
    await write(account, 'answered', '1');
    await pass(3_600_000);
    expect(await said(talk.id)).toEqual(['Hello!', 'What?', 'I am here.']);
  });

  it('goes to people when nothing is said', async () => {
    const account = await open((await published(asking('Hello!'))).id);
    const talk = await write(account, 'silent', 'hi');
    await pass(15 * 60_000);
    await withAnn(talk.id);
    expect(await said(talk.id)).toEqual(['Hello!', 'What?', 'Hello! One moment.']);
  });

  it('goes to people at once when its flow was never published or is gone', async () => {
    const { id } = await createFlow(test.desk, admin, { name: 'Draft', draft: asking('No!') });
    const talk = await write(await open(id), 'draft', 'hi');
    await withAnn(talk.id);
    expect(await said(talk.id)).toEqual([]);
  });

  it('says goodbye in one that begins at the end, and a new word is a new talk', async () => {
    const end = script(
      [
        {
          ...{ id: 'won', kind: 'branch', fact: 'outcome', value: 'won', yes: 'rate', no: 'end' },
        },
        { id: 'rate', kind: 'rate', text: 'How was it?' },
        { id: 'thanks', kind: 'say', text: 'Thanks!' },
      ],
      'closed',
    );
    const account = await open((await published(end)).id);
    const talk = await write(account, 'end', 'hi');
    await withAnn(talk.id);
    await closeTalk(test.desk, ann, talk.id, 'won');
    await until('the question', async () => (await said(talk.id)).includes('How was it?'));
    await settled();
    await write(account, 'end', '4');
    const rated = await test.desk.stores.conversations.get(talk.id);
    expect(rated?.session).toMatchObject({ state: 'closed', number: 1, rating: { score: 4 } });
    expect(await said(talk.id)).toEqual(['How was it?', 'Thanks!']);
    expect((await write(account, 'end', '5')).session.number).toBe(2);
  });
});

describe('a step of a composed flow', () => {
  it('is done once and whole, whichever write the process dies at', async () => {
    const { stores, bus, clock, log, directory, flows, composer } = test.desk;
    const flow = await published(
      script([
        { id: 'hi', kind: 'say', text: 'Hello!' },
        { id: 'tag', kind: 'tag', tag: 'new' },
        { id: 'what', kind: 'ask', text: 'What?', options: [{ label: 'Sales' }] },
      ]),
    );
    const account = await open(flow.id);
    const parts = {
      ...{ bus, clock, log, flows, line: directory.line, lineOpen: () => true },
      ...{ consider: () => {}, wakeDelivery: () => {} },
    };
    const runner = (over: Stores) =>
      createFlowRunner({ ...parts, stores: over, composed: createComposedFlows(over, composer) });
    let writes = 0;
    for (let deathAt = 1; deathAt < 40; deathAt++) {
      const { conversation, message } = await stored(test.desk, account, `dying-${deathAt}`, 'hi');
      writes = 0;
      const dying = runner(dyingStores(stores, () => ++writes === deathAt));
      const died = await dying
        .opening(conversation)
        .then((opened) => dying.heard(opened, message, null))
        .then(
          () => false,
          () => true,
        );
      dying.stop();
      const next = runner(stores);
      const now = await stores.conversations.get(conversation.id);
      if (!now) throw new Error('no talk');
      // The event is applied again, as after a restart.
      await next.heard(now, message, null);
      expect(await said(conversation.id), `death at write ${deathAt}`).toEqual(['Hello!', 'What?']);
      const end = await stores.conversations.get(conversation.id);
      expect(end?.session.flow?.tasks).toEqual([]);
      expect([end?.session.place, end?.tags]).toEqual(['held', ['new']]);
      await writeDownRest(test.desk, 0);
      const events = (await stores.messages.before(conversation.id, Infinity, 100)).filter(
        ({ event }) => event?.kind === 'tagged',
      );
      expect(events.length, `death at write ${deathAt}`).toBe(1);
      next.stop();
      if (!died) break;
    }
    expect(writes).toBeGreaterThanOrEqual(8);
  });
});
