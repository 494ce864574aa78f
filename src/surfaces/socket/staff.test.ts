import type { AddressInfo } from 'node:net';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../test/harness/web.ts';
import { openTestWeb } from '../../../test/harness/web.ts';
import type { ErrorBody, ResumeAnswer, StaffCalls, StaffEvents } from '../../contract/wire.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { StaffSurface } from './staff.ts';
import { openStaffSurface } from './staff.ts';

type Client = Socket<StaffEvents, StaffCalls>;
type Heard = { [E in keyof StaffEvents]: Parameters<StaffEvents[E]>[0][] };

let web: TestWeb;
let staff: StaffSurface;
let url: string;
let account: AccountRecord;
let lineId: string;
let admin: TestBrowser;
let ann: TestBrowser;
let bob: TestBrowser;
let eve: TestBrowser;
const clients: Client[] = [];

beforeAll(async () => {
  web = await openTestWeb();
  staff = openStaffSurface(web.app.server, web.desk);
  await web.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(web.app.server.address() as AddressInfo).port}/staff`;
  admin = await web.browser('Root', 'administrator');
  [ann, bob, eve] = await Promise.all([
    web.browser('Ann', 'operator'),
    web.browser('Bob', 'operator'),
    web.browser('Eve', 'operator'),
  ]);
  const line = await admin.call('POST', '/lines', {
    name: 'Sales',
    members: [ann.session.user.id, bob.session.user.id],
  });
  lineId = line.body.id;
  const made = await web.desk.stores.lines.get(lineId);
  account = await web.account(made, 'sandbox', { secret: 'sandbox-secret-for-tests' });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(async () => {
  await staff.close();
  await web.close();
});

/** Connects as somebody, keeping everything they hear. */
const listen = async (
  who: TestBrowser,
  auth: object = {},
): Promise<{ client: Client; heard: Heard }> => {
  const client: Client = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: who.cookie },
    auth,
  });
  clients.push(client);
  const heard = new Proxy({} as Heard, {
    get: (target, name: keyof StaffEvents) => (target[name] ??= []),
  });
  client.onAny((name: keyof StaffEvents, event) => (heard[name] as unknown[]).push(event));
  await new Promise<void>((resolve, reject) => {
    client.on('connect', resolve);
    client.on('connect_error', reject);
  });
  return { client, heard };
};
const watch = (client: Client, conversationId: string, afterSeq: number): Promise<ResumeAnswer> =>
  new Promise((resolve, reject) => {
    client.emit('watch', { conversationId, afterSeq }, (reply: ResumeAnswer | ErrorBody) =>
      'error' in reply ? reject(new Error(reply.error.code)) : resolve(reply),
    );
  });
/** Everything that happened was sent, and had time to arrive. */
const settle = async (): Promise<void> => {
  await staff.idle();
  await new Promise((resolve) => setTimeout(resolve, 80));
};

describe('who is let in', () => {
  const refused = (options: object): Promise<string> =>
    new Promise((resolve) => {
      const client: Client = io(url, { forceNew: true, reconnection: false, ...options });
      clients.push(client);
      client.on('connect', () => resolve('let in'));
      client.on('connect_error', (error) => resolve(error.message));
    });

  it('nobody without a session or token, nor a page of another site with our cookie', async () => {
    expect(await refused({})).toBe('unauthenticated');
    expect(await refused({ auth: { token: 'ol_wrong' } })).toBe('unauthenticated');
    expect(await refused({ extraHeaders: { cookie: 'openline_session=wrong' } })).toBe(
      'unauthenticated',
    );
    const foreign = { cookie: ann.cookie, origin: 'https://evil.example' };
    expect(await refused({ transports: ['websocket'], extraHeaders: foreign })).toBe(
      'unauthenticated',
    );
  });

  it('a token in auth, over websocket and over polling', async () => {
    const { body } = await ann.call('POST', '/tokens', { name: 'desk lamp' });
    const auth = { token: body.token };
    expect(await refused({ auth, transports: ['websocket'] })).toBe('let in');
    expect(await refused({ auth, transports: ['polling'] })).toBe('let in');
  });

  it('is put out at once when signed out or deactivated', async () => {
    const gone = await web.browser('Gus', 'operator');
    const fired = await web.browser('Fay', 'operator');
    const both = [await listen(gone), await listen(fired)];
    const ended = both.map(
      ({ client }) => new Promise((resolve) => client.on('disconnect', resolve)),
    );
    await gone.call('DELETE', '/session');
    await admin.call('PATCH', `/users/${fired.session.user.id}`, { active: false });
    await Promise.all(ended);
  });
});

describe('what is heard', () => {
  it('a new talk by those of its line and those who see all, by nobody else', async () => {
    const [hers, outsiders, admins] = [await listen(ann), await listen(eve), await listen(admin)];
    const talk = await web.write(account, 'chat-1', 'hello');
    await settle();
    const seen = hers.heard.conversation.at(-1);
    expect(seen?.conversation).toMatchObject({
      id: talk.id,
      lineName: 'Sales',
      lastMessage: { text: 'hello' },
    });
    expect(admins.heard.conversation.map(({ conversation }) => conversation.id)).toContain(talk.id);
    expect(outsiders.heard.conversation).toEqual([]);
    expect(outsiders.heard.message).toEqual([]);
  });

  it('messages by those who watch and by the owner', async () => {
    const [watching, owner, idle] = [await listen(ann), await listen(bob), await listen(admin)];
    const talk = await web.write(account, 'chat-2', 'first');
    await bob.call('POST', `/conversations/${talk.id}/take`);
    const before = await watch(watching.client, talk.id, 0);
    expect(before.items.map(({ seq }) => seq)).toEqual(before.items.map((_, place) => place + 1));
    expect(before).toMatchObject({ more: false, conversation: { ownerName: 'Bob' } });
    await web.write(account, 'chat-2', 'second');
    await settle();
    const texts = (heard: Heard): string[] =>
      heard.message
        .filter(({ conversationId }) => conversationId === talk.id)
        .map(({ message }) => message.text);
    expect(texts(watching.heard)).toEqual(['second']);
    expect(texts(owner.heard)).toContain('second');
    expect(texts(idle.heard)).toEqual([]);

    watching.client.emit('unwatch', { conversationId: talk.id });
    await settle();
    await web.write(account, 'chat-2', 'third');
    await settle();
    expect(texts(watching.heard)).toEqual(['second']);
  });

  it('exactly the gap after being away for a thousand messages', async () => {
    const talk = await web.write(account, 'chat-gap', 'number 0');
    const here = await listen(ann);
    const first = await watch(here.client, talk.id, 0);
    const last = first.items.at(-1)?.seq ?? 0;
    here.client.disconnect();
    await web.desk.ingress.accept(
      account.id,
      {
        events: Array.from({ length: 1_000 }, (_, index) => ({
          type: 'message' as const,
          id: `gap-${index}`,
          messageId: `gap-${index}`,
          at: web.clock.now(),
          chat: { id: 'chat-gap', kind: 'private' as const },
          from: { id: 'chat-gap', name: 'Gap' },
          parts: [{ kind: 'text' as const, text: `number ${index + 1}` }],
        })),
      },
      null,
    );
    await web.desk.ingress.idle();
    const back = await listen(ann);
    const seqs: number[] = [];
    for (let more = true; more; ) {
      const answer = await watch(back.client, talk.id, seqs.at(-1) ?? last);
      seqs.push(...answer.items.map(({ seq }) => seq));
      more = answer.more;
    }
    expect(seqs).toEqual(Array.from({ length: 1_000 }, (_, index) => last + 1 + index));
  }, 120_000);

  it('that a talk is gone, when it was only theirs and is given away', async () => {
    const talk = await web.write(account, 'chat-3', 'mine');
    await admin.call('POST', `/conversations/${talk.id}/assign`, { userId: eve.session.user.id });
    const hers = await listen(eve);
    await watch(hers.client, talk.id, 0);
    await admin.call('POST', `/conversations/${talk.id}/assign`, { userId: bob.session.user.id });
    await web.write(account, 'chat-3', 'not for Eve');
    await settle();
    expect(hers.heard.conversationGone).toMatchObject([{ conversationId: talk.id }]);
    expect(hers.heard.message.map(({ message }) => message.text)).not.toContain('not for Eve');
  });

  it('that talks are gone, when one leaves the line', async () => {
    const cut = await web.browser('Cut', 'operator');
    const members = [ann.session.user.id, bob.session.user.id];
    await admin.call('PATCH', `/lines/${lineId}`, { members: [...members, cut.session.user.id] });
    const talk = await web.write(account, 'chat-4', 'all hear');
    const theirs = await listen(cut);
    await watch(theirs.client, talk.id, 0);
    await admin.call('PATCH', `/lines/${lineId}`, { members });
    await settle();
    expect(theirs.heard.conversationGone).toMatchObject([{ conversationId: talk.id }]);
    await web.write(account, 'chat-4', 'not for Cut');
    await settle();
    expect(theirs.heard.message).toEqual([]);
  });

  it('typing by the others, presence with load by all, alerts by those they are for', async () => {
    const [hers, his, admins] = [await listen(ann), await listen(bob), await listen(admin)];
    const talk = await web.write(account, 'chat-5', 'typing?');
    await watch(hers.client, talk.id, 0);
    await watch(his.client, talk.id, 0);
    hers.client.emit('typing', { conversationId: talk.id, on: true });
    await ann.call('PUT', '/presence', { state: 'break' });
    web.desk.bus.publish({
      type: 'alert',
      audience: 'administrators',
      tone: 'bad',
      title: 'Oh',
      text: 'no',
    });
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await settle();
    expect(his.heard.typing).toMatchObject([
      { conversationId: talk.id, on: true, who: { name: 'Ann' } },
    ]);
    expect(hers.heard.typing).toEqual([]);
    expect(his.heard.presence).toContainEqual({
      userId: ann.session.user.id,
      state: 'break',
      away: null,
      load: expect.any(Number),
    });
    // Beside it: that nobody was free for the customers of this file.
    expect(admins.heard.notice).toContainEqual(
      expect.objectContaining({ tone: 'bad', title: 'Oh', text: 'no' }),
    );
    expect(his.heard.notice).toEqual([]);
  });

  it('who looks at a talk by those who list it, once each, and no longer when they leave', async () => {
    const [hers, his, outsiders] = [await listen(ann), await listen(bob), await listen(eve)];
    const second = await listen(ann);
    const talk = await web.write(account, 'chat-view', 'look');
    await watch(hers.client, talk.id, 0);
    await watch(second.client, talk.id, 0);
    await settle();
    const viewers = (heard: Heard): string[][] =>
      heard.viewers
        .flatMap(({ talks }) => talks)
        .filter(({ conversationId }) => conversationId === talk.id)
        .map((one) => one.viewers.map(({ name }) => name));
    expect(viewers(his.heard)).toEqual([['Ann']]);
    // Who comes later is told at once.
    const late = await listen(bob);
    await settle();
    expect(viewers(late.heard)).toEqual([['Ann']]);
    expect(viewers(outsiders.heard)).toEqual([]);

    hers.client.emit('unwatch', { conversationId: talk.id });
    await settle();
    expect(viewers(his.heard)).toEqual([['Ann']]);
    // Another tab hides hers, then she is back; without the focus it is on the screen still.
    second.client.emit('looking', { on: false, shown: false });
    await vi.waitFor(() => expect(viewers(his.heard)).toEqual([['Ann'], []]));
    second.client.emit('looking', { on: false, shown: true });
    await vi.waitFor(() => expect(viewers(his.heard)).toEqual([['Ann'], [], ['Ann']]));
    second.client.disconnect();
    await settle();
    await vi.waitFor(() => expect(viewers(his.heard)).toEqual([['Ann'], [], ['Ann'], []]));
  });

  it('of whoever joined silently nothing, but by those who look after others', async () => {
    const sue = await web.browser('Sue', 'supervisor');
    const talk = await web.write(account, 'chat-silent', 'look');
    await bob.call('POST', `/conversations/${talk.id}/take`);
    expect((await sue.call('GET', `/conversations/${talk.id}`)).body).toMatchObject({
      joined: false,
      may: { join: true },
    });
    await sue.call('POST', `/conversations/${talk.id}/join`);
    const [his, admins, hers] = [await listen(bob), await listen(admin), await listen(sue)];
    const customers: unknown[] = [];
    const stop = web.desk.bus.on('typing', (event) => void customers.push(event));
    await watch(his.client, talk.id, 0);
    await watch(hers.client, talk.id, 0);
    hers.client.emit('typing', { conversationId: talk.id, on: true });
    await vi.waitFor(() => expect(admins.heard.typing).toHaveLength(1));
    await settle();
    const last = (heard: Heard) =>
      heard.viewers
        .flatMap(({ talks }) => talks)
        .filter(({ conversationId }) => conversationId === talk.id)
        .at(-1)?.viewers;
    expect(last(his.heard)).toEqual([{ id: bob.session.user.id, name: 'Bob' }]);
    expect(last(admins.heard)).toContainEqual({
      id: sue.session.user.id,
      name: 'Sue',
      silent: true,
    });
    expect(his.heard.typing).toEqual([]);
    expect(customers).toMatchObject([{ silent: true }]);
    stop();
    expect((await sue.call('GET', `/conversations/${talk.id}`)).body).toMatchObject({
      joined: true,
      may: { join: false },
    });
  });

  it('that somebody writes a note by colleagues, also in their lists; not by the customer', async () => {
    const [hers, listing] = [await listen(ann), await listen(admin)];
    const talk = await web.write(account, 'chat-note', 'typing?');
    const told: boolean[] = [];
    const session = web.desk.accounts.get(account.id)?.session;
    const before = session?.typing;
    if (session) session.typing = async (_chat, on) => void told.push(on);
    hers.client.emit('typing', { conversationId: talk.id, on: true, note: true });
    await vi.waitFor(() => expect(listing.heard.typing).toMatchObject([{ on: true, note: true }]));
    expect(told).toEqual([]);
    hers.client.emit('typing', { conversationId: talk.id, on: true });
    await vi.waitFor(() => expect(told).toEqual([true]));
    if (session && before) session.typing = before;
  });

  it('which records of the CRM changed by those who may read such, gathered', async () => {
    const [hers, admins] = [await listen(ann), await listen(admin)];
    const made = await admin.call('POST', '/contacts', { name: 'Zoë' });
    await admin.call('PATCH', `/contacts/${made.body.id}`, { name: 'Zoë Lee' });
    const deal = await admin.call('POST', '/deals', {
      ...{ title: 'Desk', amount: { amount: '10.00', currency: 'EUR' } },
    });
    const kinds = (heard: Heard) => heard.crm.flatMap(({ changes }) => changes);
    await vi.waitFor(() => {
      for (const { heard } of [hers, admins]) {
        const ofThese = kinds(heard).filter(({ id }) => [made.body.id, deal.body.id].includes(id));
        expect(ofThese).toEqual(
          expect.arrayContaining([
            { kind: 'contact', id: made.body.id },
            { kind: 'deal', id: deal.body.id },
          ]),
        );
      }
    });
  });

  it('who is away and why, of a device that goes; nothing of a link that is no device', async () => {
    const his = await listen(bob);
    const hello = { key: 'device-of-ann-0000', kind: 'browser', name: 'Chrome on Linux' };
    const hers = await listen(ann, { device: hello });
    await listen(ann, { device: { key: 'x' } });
    await ann.call('PUT', '/presence', { state: 'online' });
    await web.desk.presence.idle();
    const devices = async () => (await ann.call('GET', '/devices')).body.items;
    expect(await devices()).toMatchObject([{ ...hello, live: true, push: false }]);
    hers.client.disconnect();
    await expect.poll(async () => (await devices())[0].live).toBe(false);
    web.clock.advance(121_000);
    await web.desk.presence.sweep();
    await settle();
    await expect
      .poll(() => his.heard.presence.at(-1))
      .toMatchObject({
        ...{ userId: ann.session.user.id, state: 'online' },
        away: { kind: 'disconnected', until: null, why: expect.stringMatching(/^Not connected/) },
      });
    await ann.call('PUT', '/presence', { state: 'offline' });
  });

  it('how a channel stands by administrators, its secret masked', async () => {
    const [hers, admins] = [await listen(ann), await listen(admin)];
    await admin.call('POST', `/channels/${account.id}/pause`);
    await admin.call('POST', `/channels/${account.id}/connect`);
    await settle();
    expect(admins.heard.channel.map(({ channel }) => channel.status)).toEqual(
      expect.arrayContaining(['paused', 'connected']),
    );
    expect(JSON.stringify(admins.heard.channel)).not.toContain('sandbox-secret');
    expect(hers.heard.channel).toEqual([]);
  });
});

describe('calls', () => {
  it('are refused for talks one may not see, and when they are malformed', async () => {
    const talk = await web.write(account, 'chat-6', 'private');
    const { client } = await listen(eve);
    await expect(watch(client, talk.id, 0)).rejects.toThrow('not_found');
    await expect(watch(client, 'nonsense', 0)).rejects.toThrow('malformed');
    await expect(watch(client, talk.id, -1)).rejects.toThrow('malformed');
    // Without an answer to call, and with rubbish: the server stays up.
    (client as unknown as Socket).emit('watch', null);
    (client as unknown as Socket).emit('typing', 'x', 1, {});
    (client as unknown as Socket).emit('constructor', {});
    await settle();
    expect(client.connected).toBe(true);
  });
});
