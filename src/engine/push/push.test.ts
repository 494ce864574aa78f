import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { startPushService } from '../../../test/harness/push-service.ts';
import type { PushService } from '../../../test/harness/push-service.ts';
import { forgetDevice, keepDevice, listDevices, testDevice } from '../../desk/people/devices.ts';
import { note } from '../../desk/talks/note.ts';
import { setPresence } from '../../desk/people/set-presence.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { Principal } from '../../domain/operators/permissions.ts';

let test: TestDesk;
let service: PushService;
let ann: Principal;
let sue: Principal;
let account: AccountRecord;
let serial = 0;

const HELLO = { kind: 'phone' as const, name: 'Chrome on Android' };
const key = (name: string): string => `device-of-${name}-0000000000`;
const subscribe = (who: Principal, name: string) =>
  keepDevice(test.desk, who, { ...HELLO, key: key(name), push: service.subscribe(name) }, null);
const told = async () => {
  await test.desk.push.idle();
  return service.pushed.splice(0);
};

beforeAll(async () => {
  test = await openTestDesk();
  service = await startPushService(test.desk.push.publicKey);
  ann = await test.person('Ann');
  sue = await test.person('Sue', 'supervisor');
  const line = await test.line('Sales', [ann], { assign: 'direct' });
  account = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
  await subscribe(ann, 'ann');
  await subscribe(sue, 'sue');
});
afterEach(async () => {
  await told();
  service.answers.length = 0;
});
afterAll(async () => {
  await service.close();
  await test.close();
});

/** A talk that Ann has. */
const talkOfAnn = async (): Promise<string> => {
  const talk = await test.write(account, `chat-${++serial}`, 'Hello?');
  expect(talk.session.ownerId).toBe(ann.user.id);
  await told();
  return `chat-${serial}`;
};

describe('a customer’s words', () => {
  it('reach the one who has the talk: name and first words, and where a click leads', async () => {
    const chat = await talkOfAnn();
    const talk = await test.write(account, chat, `Is it\n  there?  ${'x'.repeat(500)}`);
    const [pushed, ...more] = await told();
    expect(more).toEqual([]);
    expect(pushed).toMatchObject({
      ...{ name: 'ann', title: `Customer ${chat}`, tag: talk.id, url: `/inbox/open/${talk.id}` },
      ttl: 86_400,
    });
    expect(pushed?.body).toMatch(/^Is it there\? x+…$/);
    expect([...(pushed?.body ?? '')]).toHaveLength(120);
    expect(pushed?.topic).toMatch(/^[\w-]{32}$/);
  });
  it('stay inside when the company wants that', async () => {
    const chat = await talkOfAnn();
    await test.desk.stores.settings.change({ pushText: false });
    await test.write(account, chat, 'My card is 1234');
    await test.desk.stores.settings.change({ pushText: true });
    expect(await told()).toMatchObject([{ body: 'Open Openline to read it.' }]);
  });
  it('are not told to who reads them, but to who has the talk open behind other windows', async () => {
    const chat = await talkOfAnn();
    const talk = await test.desk.stores.conversations.byChat(account.id, chat);
    const link = await test.desk.presence.arrive({
      ...{ userId: ann.user.id, signInId: null, key: key('desk'), kind: 'browser', name: 'x' },
    });
    link.watch(talk?.id ?? '', true);
    await test.write(account, chat, 'one');
    expect(await told()).toEqual([]);
    link.looking(false);
    await test.write(account, chat, 'two');
    expect(await told()).toMatchObject([{ body: 'two' }]);
    link.looking(true);
    link.watch(talk?.id ?? '', false);
    await test.write(account, chat, 'three');
    expect(await told()).toMatchObject([{ body: 'three' }]);
    await link.leave();
    await setPresence(test.desk, ann, 'online');
  });
  it('are not told to who went home', async () => {
    const chat = await talkOfAnn();
    await setPresence(test.desk, ann, 'offline');
    await test.write(account, chat, 'still there?');
    expect(await told()).toEqual([]);
    await setPresence(test.desk, ann, 'online');
  });
});

describe('alerts', () => {
  it('tell supervisors that nobody can take a talk, each once', async () => {
    await setPresence(test.desk, ann, 'break');
    await test.write(account, `chat-${++serial}`, 'Hello?');
    const pushed = await told();
    expect(pushed.map(({ name, title }) => [name, title])).toEqual([
      ['sue', `Customer chat-${serial} waits on Sales`],
    ]);
    expect(pushed[0]?.body).toContain('Nobody is free');
    await setPresence(test.desk, ann, 'online');
    await test.desk.router.idle();
  });
  it('tell whom an offer is for, for as long as it lives', async () => {
    const line = await test.line('Offers', [ann], { assign: 'offer', offerSeconds: 60 });
    const offers = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
    await test.write(offers, 'chat-offer', 'Hello?');
    expect(await told()).toMatchObject([
      { name: 'ann', title: 'Customer chat-offer is offered to you', ttl: 60 },
    ]);
    const all = await test.line('All', [ann, sue], { queue: 'all', offerSeconds: 90 });
    const first = await test.account(all, 'sandbox', { secret: 'sandbox-secret-for-tests' });
    await setPresence(test.desk, sue, 'break');
    await test.write(first, 'chat-all', 'Hello?');
    expect(await told()).toMatchObject([{ name: 'ann', ttl: 90 }]);
    await setPresence(test.desk, sue, 'online');
  });
  it('tell whom a note names', async () => {
    const chat = await talkOfAnn();
    const talk = await test.desk.stores.conversations.byChat(account.id, chat);
    const said = { text: 'Look, @sue: a refund?', clientId: `n-${serial}` };
    await note(test.desk, ann, talk?.id ?? '', said);
    expect(await told()).toMatchObject([
      { name: 'sue', title: 'Ann mentions you', body: said.text, tag: talk?.id },
    ]);
  });
});

describe('a push service', () => {
  it('is asked again when it is busy, and no more after three times', async () => {
    const chat = await talkOfAnn();
    service.answers.push({ status: 503 });
    const began = Date.now();
    await test.write(account, chat, 'again');
    expect(await told()).toMatchObject([{ body: 'again' }]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_900);
  });
  it('that refuses is not asked again', async () => {
    const chat = await talkOfAnn();
    const before = service.requests;
    service.answers.push({ status: 413 });
    await test.write(account, chat, 'too much');
    expect(await told()).toEqual([]);
    expect(service.requests - before).toBe(1);
  });
  it('that knows a browser no more takes the phone out of reach', async () => {
    const chat = await talkOfAnn();
    await test.desk.stores.users.change(ann.user.id, { reachableByPhone: true });
    const link = await test.desk.presence.arrive({
      ...{ userId: ann.user.id, signInId: null, key: key('desk'), kind: 'browser', name: 'x' },
    });
    await link.leave();
    test.clock.advance(10 * 60_000);
    await test.desk.presence.sweep();
    expect((await test.desk.stores.users.get(ann.user.id))?.away).toBeNull();
    service.answers.push({ status: 410 });
    await test.write(account, chat, 'gone?');
    await told();
    await test.desk.presence.idle();
    expect((await test.desk.stores.users.get(ann.user.id))?.away?.kind).toBe('disconnected');
    const devices = await listDevices(test.desk, ann);
    expect(devices.find(({ key: one }) => one === key('ann'))?.push).toBe(false);
    await expect(
      testDevice(test.desk, ann, devices.find(({ kind }) => kind === 'phone')?.id ?? ''),
    ).rejects.toThrow('takes no notices');
  });
  it('shows a test notice, and what is wrong with it', async () => {
    const { id } = await subscribe(ann, 'ann');
    await testDevice(test.desk, ann, id);
    expect(await told()).toMatchObject([{ name: 'ann', title: 'Notices work' }]);
    service.answers.push({ status: 403 });
    await expect(testDevice(test.desk, ann, id)).rejects.toThrow('answered 403');
    await expect(testDevice(test.desk, sue, id)).rejects.toThrow('no such device');
    await forgetDevice(test.desk, ann, id);
    expect((await listDevices(test.desk, ann)).some((device) => device.id === id)).toBe(false);
  });
  it('of a private network is not asked unless that is allowed', async () => {
    const { guardedFetch } = await import('../../base/guarded-fetch.ts');
    const { sendPush } = await import('./send.ts');
    const { makePushKeys } = await import('./keys.ts');
    const { endpoint, keys } = service.subscribe('guarded');
    const before = service.requests;
    const result = await sendPush(
      {
        ...{ keys: makePushKeys(), subject: 'mailto:a@b.example' },
        fetch: guardedFetch({ allowPrivate: false }),
      },
      { endpoint, ...keys },
      { ...{ title: '', body: '', url: '/', tag: 'x', ttl: 1 } },
      new Date(),
    );
    expect(result.status).toBe('deferred');
    expect(service.requests).toBe(before);
  });
});
