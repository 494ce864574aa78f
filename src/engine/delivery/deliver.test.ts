import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Double } from '../../../channels/shared/testing.ts';
import { startSandboxDouble } from '../../../channels/sandbox/testing.ts';
import { until } from '../../../test/harness/until.ts';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { note } from '../../desk/talks/note.ts';
import { reply } from '../../desk/talks/reply.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';

let test: TestDesk;
let double: Double;
let ann: Principal;
let account: AccountRecord;
let talk: Conversation;
let serial = 0;

beforeAll(async () => {
  test = await openTestDesk();
  double = await startSandboxDouble();
  ann = await test.person('Ann');
  const line = await test.line('Sales', [ann]);
  account = await test.account(line, 'sandbox', {
    secret: 'sandbox-secret-for-tests',
    apiRoot: double.url,
  });
});
afterAll(async () => {
  await test.close();
  await double.close();
});
beforeEach(async () => {
  talk = await test.write(account, `chat-${++serial}`, 'hello');
  double.requests.length = 0;
});

const say = (text: string, clientId = `c${++serial}`) =>
  reply(test.desk, ann, talk.id, { text, clientId });
const stateOf = async (id: string) => (await test.desk.stores.messages.get(id))?.delivery;
const settled = (id: string) =>
  until('the message to settle', async () => {
    const delivery = await stateOf(id);
    return delivery && delivery.state !== 'queued' && delivery.state !== 'sending'
      ? delivery
      : null;
  });
const sentTexts = () =>
  double.requests
    .filter((request) => request.path === '/messages')
    .map((request) => JSON.parse(request.body.toString()).text);

describe('an answer', () => {
  it("reaches the provider once and is sent, with the provider's id", async () => {
    const { id } = await say('good day');
    expect(await settled(id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(sentTexts()).toEqual(['good day']);
    expect((await test.desk.stores.messages.get(id))?.externalIds).toHaveLength(1);
  });

  it('sent twice under one key, even at once, is one message', async () => {
    const [first, second] = await Promise.all([say('once', 'same'), say('once', 'same')]);
    const third = await say('once', 'same');
    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    await settled(first.id);
    expect(sentTexts()).toEqual(['once']);
  });

  it('leaves in order, also when an earlier one must be tried again', async () => {
    double.next({ kind: 'answer', status: 429, headers: { 'retry-after': '1' } });
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) ids.push((await say(text)).id);
    await until('the refusal', async () => ((await stateOf(ids[0] ?? ''))?.attempts ?? 0) > 0);
    test.clock.advance(1_500);
    await test.desk.delivery.sweep();
    for (const id of ids) expect(await settled(id)).toMatchObject({ state: 'sent' });
    expect(sentTexts()).toEqual(['one', 'one', 'two', 'three']);
  });

  it('refused for good is failed with the reason, and goes again when somebody asks', async () => {
    double.next({ kind: 'answer', status: 400 });
    const { id } = await say('not like this');
    expect(await settled(id)).toMatchObject({ state: 'failed', reason: 'policy' });
    await test.desk.stores.outbox.requeue(id, test.clock.now());
    test.desk.delivery.wake(talk.id);
    expect(await settled(id)).toMatchObject({ state: 'sent' });
  });

  it('cut off in mid-send is uncertain and is not sent again by itself', async () => {
    double.next({ kind: 'cut' });
    const { id } = await say('did you get this?');
    expect(await settled(id)).toMatchObject({ state: 'uncertain' });
    test.clock.advance(3_600_000);
    await test.desk.delivery.sweep();
    await test.desk.delivery.idle();
    expect(sentTexts()).toHaveLength(1);
  });

  it('whose sender died in mid-send is uncertain, and later ones go on', async () => {
    const { id } = await say('from a dead process');
    await settled(id);
    await test.desk.stores.outbox.requeue(id, test.clock.now()).catch(() => null);
    const dead = await test.desk.stores.messages.append(
      { ...(await draft('left in sending')), delivery: leased() },
      talk.seq + 10,
    );
    const after = await say('from a living one');
    expect((await stateOf(after.id))?.state).toBe('queued');
    test.clock.advance(60_000);
    await test.desk.delivery.sweep();
    expect(await settled(after.id)).toMatchObject({ state: 'sent' });
    expect(await stateOf(dead.message.id)).toMatchObject({ state: 'uncertain' });
  });

  it('to a customer who blocked us marks the talk', async () => {
    double.next({ kind: 'answer', status: 403 });
    const { id } = await say('hello?');
    expect(await settled(id)).toMatchObject({ state: 'failed', reason: 'blocked' });
    await until(
      'the mark',
      async () => (await test.desk.stores.conversations.get(talk.id))?.blocked ?? false,
    );
  });

  it('with credentials that are no longer good pauses the account and tells administrators', async () => {
    const alerts: string[] = [];
    const off = test.desk.bus.on('alert', ({ title }) => void alerts.push(title));
    double.next({ kind: 'answer', status: 401 });
    const { id } = await say('who am I?');
    expect(await settled(id)).toMatchObject({ state: 'failed', reason: 'unauthorized' });
    await until('the pause', () => test.desk.accounts.get(account.id) === null);
    await until('the alert', () => alerts.includes('A channel is paused'));
    off();
    const waiting = await say('kept for later');
    await test.desk.delivery.idle();
    expect(await stateOf(waiting.id)).toMatchObject({ state: 'queued' });
    await test.desk.accounts.connect(account.id);
    expect(await settled(waiting.id)).toMatchObject({ state: 'sent' });
  });

  it('too long for one message is several, and a failure in the middle does not repeat the first', async () => {
    const first = await say(`${'x'.repeat(4_096)}second piece`);
    expect(await settled(first.id)).toMatchObject({ state: 'sent', stepsDone: 2 });
    expect((await test.desk.stores.messages.get(first.id))?.externalIds).toHaveLength(2);
    expect(sentTexts().map((text: string) => text.length)).toEqual([4_096, 12]);
  });
});

describe('a note', () => {
  it('never reaches a provider: it has no delivery, and the outbox does not see it', async () => {
    const view = await note(test.desk, ann, talk.id, { text: 'rude customer', clientId: 'n1' });
    expect(view).toMatchObject({ direction: 'note', delivery: null });
    expect(await test.desk.stores.outbox.next(talk.id)).toBeNull();
    expect(await test.desk.stores.outbox.requeue(view.id, test.clock.now())).toBeNull();
    test.desk.delivery.wake(talk.id);
    await test.desk.delivery.sweep();
    await test.desk.delivery.idle();
    expect(double.requests).toEqual([]);
  });
});

async function draft(text: string) {
  const { draftOf } = await import('../../domain/conversations/record-event.ts');
  return draftOf(talk, {
    direction: 'out',
    text,
    author: { kind: 'user', id: ann.user.id, name: 'Ann' },
    at: test.clock.now(),
    key: `out:dead-${++serial}`,
  });
}

function leased() {
  const at = test.clock.now();
  return {
    state: 'sending' as const,
    nextAt: at,
    attempts: 1,
    stepsDone: 0,
    leaseBy: 'a process that is gone',
    leaseUntil: new Date(at.getTime() + 10_000),
    detail: '',
    reason: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    log: [],
  };
}
