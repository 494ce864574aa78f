import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../../../test/harness/app.ts';
import type { TestApp } from '../../../test/harness/app.ts';
import { until } from '../../../test/harness/until.ts';
import { connectVisitor, openShop } from '../../../test/harness/visitor.ts';
import type { Shop, VisitorSocket } from '../../../test/harness/visitor.ts';
import type { VisitorNews } from '../../contract/visitor.ts';
import type { ConversationView, MessageView, Page } from '../../contract/wire.ts';

let app: TestApp;
let shop: Shop;
const open: VisitorSocket[] = [];

beforeAll(async () => {
  app = await startTestApp();
  shop = await openShop(app);
});
afterAll(async () => {
  for (const socket of open) socket.close();
  await app.stop();
});

const visit = async (hello: Record<string, unknown> = {}): Promise<VisitorSocket> => {
  const socket = await connectVisitor(app.url);
  open.push(socket);
  socket.say({ type: 'hello', line: shop.line.key, ...hello });
  await socket.hear('welcome');
  return socket;
};
/** A visitor who has written; answers their token. */
const talk = async (
  text = 'Hello',
): Promise<{ socket: VisitorSocket; token: string; conversation: ConversationView }> => {
  const socket = await visit();
  socket.say({ type: 'message', clientId: `c-${Math.random().toString(36).slice(2)}`, text });
  const { token } = await socket.hear('token');
  await socket.hear('message');
  const conversation = await until('the talk', async () => {
    const { body } = await app.call<Page<ConversationView>>('GET', '/conversations');
    return body.items.find(({ lastMessage }) => lastMessage?.text === text) ?? null;
  });
  return { socket, token, conversation };
};
const answer = async (id: string, text: string, more: object = {}): Promise<MessageView> => {
  const { status, body } = await app.call<MessageView>('POST', `/conversations/${id}/messages`, {
    text,
    clientId: `a-${Math.random().toString(36).slice(2)}`,
    force: true,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const poll = async (frames: unknown[], wait = false): Promise<VisitorNews[]> => {
  const response = await fetch(`${app.url}/visitor/poll`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ frames, wait }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { frames: VisitorNews[] }).frames;
};
const upload = (
  token: string,
  name: string,
  content: string | Buffer,
  type = 'application/octet-stream',
) =>
  fetch(`${app.url}/visitor/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'x-line': shop.line.key,
      'x-file-name': encodeURIComponent(name),
      'content-type': type,
    },
    body: content,
  });
const jwt = (
  claims: object,
  secret = shop.secrets.identitySecret ?? '',
  header: object = { alg: 'HS256', typ: 'JWT' },
): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const soon = () => Math.floor(Date.now() / 1000) + 600;

describe('a visitor', () => {
  test('who only looks leaves nothing behind', async () => {
    const before = await app.desk.stores.contacts.list({}, { limit: 200 });
    const socket = await visit();
    const { visitor, messages, reach } = await socket.hear('welcome');
    expect({ visitor, messages }).toEqual({ visitor: null, messages: [] });
    expect(reach).toMatchObject({ open: true, staffed: true });
    const after = await app.desk.stores.contacts.list({}, { limit: 200 });
    expect(after.items.length).toBe(before.items.length);
  });

  test("writes, is acknowledged once it is stored, and gets the operator's answer live", async () => {
    const { socket, conversation } = await talk('Is it in stock?');
    expect(socket.heard.some(({ type }) => type === 'stored')).toBe(true);
    await answer(conversation.id, 'Yes, twelve of them.');
    const news = await socket.hear('message', ({ message }) => message.from === 'operator');
    expect(news.message).toMatchObject({
      text: 'Yes, twelve of them.',
      from: 'operator',
      name: 'Administrator',
      read: false,
    });
    await socket.hear('seen');
  });

  test('who sends the same message twice has written once', async () => {
    const socket = await visit();
    const call = { type: 'message', clientId: 'same', text: 'Twice?' };
    socket.say(call);
    socket.say(call);
    await until(
      'both acknowledged',
      () => socket.heard.filter(({ type }) => type === 'stored').length === 2,
    );
    await socket.hear('message');
    const { token } = await socket.hear('token');
    const again = await visit({ token });
    expect((await again.hear('welcome')).messages.map(({ text }) => text)).toEqual(['Twice?']);
  });

  test('who comes back has the talk again, and only what was missed', async () => {
    const { socket, token, conversation } = await talk('First');
    socket.close();
    await socket.closed;
    await answer(conversation.id, 'While you were away');
    await until('it is sent', async () => {
      const { body } = await app.call<Page<MessageView>>(
        'GET',
        `/conversations/${conversation.id}/messages`,
      );
      return body.items.some(({ delivery }) => delivery?.state === 'sent');
    });
    const whole = await visit({ token });
    const { messages } = await whole.hear('welcome');
    expect(messages.map(({ text }) => text)).toEqual(['First', 'While you were away']);
    const rest = await visit({ token, afterSeq: messages[0]?.seq });
    expect((await rest.hear('welcome')).messages.map(({ text }) => text)).toEqual([
      'While you were away',
    ]);
  });

  test('never sees a note or what happens inside', async () => {
    const { socket, token, conversation } = await talk('Can you hear me?');
    await app.call('POST', `/conversations/${conversation.id}/messages`, {
      text: 'A difficult one',
      clientId: 'n-1',
      note: true,
    });
    await answer(conversation.id, 'Loud and clear');
    await socket.hear('message', ({ message }) => message.text === 'Loud and clear');
    const again = await visit({ token });
    const { messages } = await again.hear('welcome');
    expect(messages.map(({ text }) => text)).toEqual(['Can you hear me?', 'Loud and clear']);
    expect(JSON.stringify([socket.heard, again.heard])).not.toContain('difficult');
  });

  test('sees in every tab what was written in one', async () => {
    const { token } = await talk('From one tab');
    const [one, other] = [await visit({ token }), await visit({ token })];
    one.say({ type: 'message', clientId: 'tab', text: 'And again' });
    const news = await other.hear('message');
    expect(news.message).toMatchObject({ text: 'And again', clientId: 'tab', from: 'visitor' });
  });

  test('reads, and the operator sees it', async () => {
    const { socket, conversation } = await talk('Tell me more');
    const sent = await answer(conversation.id, 'Gladly');
    const { message } = await socket.hear('message', (news) => news.message.from === 'operator');
    socket.say({ type: 'read', messageId: message.id });
    await until('the operator sees it', async () => {
      const { body } = await app.call<Page<MessageView>>(
        'GET',
        `/conversations/${conversation.id}/messages`,
      );
      return body.items.find(({ id }) => id === sent.id)?.delivery?.state === 'read';
    });
    await socket.hear('changed', (news) => news.message.id === message.id && news.message.read);
  });

  test('is shown that the operator types, and shows it too', async () => {
    const { socket, conversation } = await talk('Anybody?');
    const typed = new Promise((resolve) => {
      const stop = app.desk.bus.on('typing', (event) => {
        if (event.conversationId !== conversation.id || event.who.kind !== 'contact') return;
        stop();
        resolve(event.on);
      });
    });
    socket.say({ type: 'typing', on: true });
    expect(await typed).toBe(true);
    await app.call('POST', `/conversations/${conversation.id}/take`, {}, shop.token);
    await app.call('POST', `/conversations/${conversation.id}/typing`, { on: true }, shop.token);
    expect(await socket.hear('typing')).toMatchObject({ on: true, name: 'Ann Archer' });
  });

  test('may press a button that was sent to them', async () => {
    const { socket, conversation } = await talk('Which colour?');
    await answer(conversation.id, 'Which one?', { buttons: [{ label: 'Red' }, { label: 'Blue' }] });
    const { message } = await socket.hear('message', (news) => news.message.buttons.length === 2);
    socket.say({
      type: 'button',
      token: message.buttons[1]?.token ?? '',
      messageId: message.id,
      clientId: 'press',
    });
    const news = await socket.hear('message', (heard) => heard.message.text === 'Blue');
    expect(news.message.from).toBe('visitor');
  });

  test("can not act on a message of somebody else's talk", async () => {
    const mine = await talk('Mine');
    const other = await talk('Other');
    const secret = await answer(other.conversation.id, 'For the other only');
    mine.socket.say({ type: 'reaction', messageId: secret.id, emoji: ['x'], clientId: 'r-1' });
    expect(await mine.socket.hear('refused')).toMatchObject({ code: 'not_found', clientId: 'r-1' });
  });

  test('leaves a name and a way to answer, believed only as claimed', async () => {
    const socket = await visit();
    socket.say({
      type: 'message',
      clientId: 'form',
      text: 'Please call me',
      contact: { name: 'Lee Ray', email: 'Lee@Example.org', phone: '+49 30 1234567' },
    });
    await socket.hear('message');
    const conversation = await until('the talk', async () => {
      const { body } = await app.call<Page<ConversationView>>('GET', '/conversations');
      return body.items.find(({ contact }) => contact.name === 'Lee Ray') ?? null;
    });
    const contact = await app.desk.stores.contacts.get(conversation.contact.id);
    expect(contact?.emails).toEqual(['lee@example.org']);
    const [identity] = await app.desk.stores.contacts.identities(conversation.contact.id);
    expect(identity?.proof).toBe('claimed');
  });

  test('who is forgotten is nobody here any more', async () => {
    const { socket, token } = await talk('Forget me');
    socket.say({ type: 'forget' });
    await socket.hear('restart');
    const again = await visit({ token });
    expect(again.heard[0]).toEqual({ type: 'restart' });
    expect((await again.hear('welcome')).messages).toEqual([]);
  });
});

describe('where sockets are blocked', () => {
  test('the same frames go over plain requests', async () => {
    const hello = { type: 'hello', line: shop.line.key };
    const first = await poll([hello, { type: 'message', clientId: 'p-1', text: 'By request' }]);
    const token = first.find((news) => news.type === 'token')?.token;
    expect(first.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['welcome', 'token', 'stored']),
    );
    const seen = await until('the talk', async () => {
      const news = await poll([{ ...hello, token }]);
      return news.find((one) => one.type === 'welcome' && one.messages.length === 1) ?? null;
    });
    expect(seen).toMatchObject({ messages: [{ text: 'By request', clientId: 'p-1' }] });
  });

  test('a waiting request ends as soon as there is news', async () => {
    const { token, conversation, socket } = await talk('Waiting');
    const afterSeq = (await socket.hear('message')).message.seq;
    const hello = { type: 'hello', line: shop.line.key, token, afterSeq };
    const started = performance.now();
    const waiting = poll([hello], true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await answer(conversation.id, 'Here it is');
    // The first news may be that somebody has read the question.
    if (!JSON.stringify(await waiting).includes('Here it is'))
      await until('the answer', async () =>
        JSON.stringify(await poll([hello], true)).includes('Here it is'),
      );
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('a file', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  test('goes with a message and can be read by who sent it', async () => {
    const { socket, token } = await talk('A picture follows');
    const answered = await upload(token, 'für Ann.png', png, 'text/html');
    expect(answered.status, await answered.clone().text()).toBe(200);
    const file = (await answered.json()) as {
      id: string;
      name: string;
      mime: string;
      size: number;
    };
    expect(file).toMatchObject({ name: 'für Ann.png', mime: 'image/png', size: png.length });
    socket.say({ type: 'message', clientId: 'f-1', fileIds: [file.id] });
    const { message } = await socket.hear('message', (news) => news.message.files.length === 1);
    expect(message.files[0]).toMatchObject({ id: file.id, state: 'ready' });
    const read = await fetch(app.url + message.files[0]?.url);
    expect(read.status).toBe(200);
    expect(Buffer.from(await read.arrayBuffer()).equals(png)).toBe(true);
  });

  test('of somebody else can not be sent', async () => {
    const owner = await talk('Owner');
    const thief = await talk('Thief');
    const { id } = (await (await upload(owner.token, 'secret.txt', 'secret')).json()) as {
      id: string;
    };
    thief.socket.say({ type: 'message', clientId: 'steal', fileIds: [id] });
    expect(await thief.socket.hear('refused')).toMatchObject({
      code: 'not_found',
      clientId: 'steal',
    });
  });

  test.each([
    ['without a token', () => upload('nobody', 'a.txt', 'a'), 401],
    ['that is empty', async () => upload((await talk('Empty')).token, 'a.txt', ''), 422],
    [
      'that is too large',
      async () => upload((await talk('Large')).token, 'a.bin', Buffer.alloc(20 * 1024 * 1024 + 1)),
      413,
    ],
  ])('%s is refused', async (_name, send, status) => {
    expect((await send()).status).toBe(status);
  });
});

describe('a signed-in visitor', () => {
  test('has the talk on every device', async () => {
    const identity = jwt({
      sub: 'user-1',
      name: 'Ann Lee',
      email: 'ann@shop.example',
      exp: soon(),
    });
    const phone = await visit({ identity });
    expect((await phone.hear('welcome')).visitor).toMatchObject({ name: 'Ann Lee', signed: true });
    phone.say({ type: 'message', clientId: 's-1', text: 'From the phone' });
    await phone.hear('message');
    const laptop = await visit({ identity });
    expect((await laptop.hear('welcome')).messages.map(({ text }) => text)).toEqual([
      'From the phone',
    ]);
  });

  test('takes along what was written before signing in', async () => {
    const { socket } = await talk('Not signed in yet');
    socket.forget();
    socket.say({ type: 'identify', identity: jwt({ sub: 'user-2', name: 'Bo', exp: soon() }) });
    const { messages, visitor } = await socket.hear('welcome');
    expect(visitor).toMatchObject({ name: 'Bo', signed: true });
    expect(messages.map(({ text }) => text)).toEqual(['Not signed in yet']);
  });

  test('never sees the talk of who was signed in here before', async () => {
    const first = await visit({ identity: jwt({ sub: 'user-3', exp: soon() }) });
    const { token } = await first.hear('token');
    first.say({ type: 'message', clientId: 's-3', text: 'Private matter' });
    await first.hear('message');
    const second = await visit({ token, identity: jwt({ sub: 'user-4', exp: soon() }) });
    expect(JSON.stringify(second.heard)).not.toContain('Private matter');
  });

  test.each([
    [
      'signed with another secret',
      () => jwt({ sub: 'u', exp: soon() }, 'not-the-secret-not-the-secret'),
    ],
    ['without a signature', () => jwt({ sub: 'u', exp: soon() }, '', { alg: 'none' })],
    ['that has expired', () => jwt({ sub: 'u', exp: 1_600_000_000 })],
    ['without an end', () => jwt({ sub: 'u' })],
    ['without a subject', () => jwt({ exp: soon() })],
    ['for another line', () => jwt({ sub: 'u', exp: soon(), aud: 'another' })],
  ])('is nobody special with a token %s', async (_name, token) => {
    const socket = await visit({ identity: token() });
    expect(await socket.hear('refused')).toMatchObject({ code: 'bad_identity' });
    expect((await socket.hear('welcome')).visitor).toBeNull();
  });
});

describe('consent', () => {
  test('is asked for before the first message and kept with its text and time', async () => {
    const strict = await openShop(app, {
      consent: 'You may keep this.',
      consentLink: 'https://shop.example/privacy',
    });
    const socket = await connectVisitor(app.url);
    open.push(socket);
    socket.say({ type: 'hello', line: strict.line.key });
    socket.say({ type: 'message', clientId: 'no', text: 'Without' });
    expect(await socket.hear('refused')).toMatchObject({ code: 'consent_needed', clientId: 'no' });
    socket.say({ type: 'message', clientId: 'yes', text: 'With', consent: true });
    const { token, visitor } = await socket.hear('token');
    await socket.hear('stored', ({ clientId }) => clientId === 'yes');
    expect(visitor.consented).toBe(true);
    const { digest } = await import('../../desk/people/keys.ts');
    const record = await app.desk.stores.visitors.byKeyHash(digest(token));
    expect(record?.consent).toEqual({
      text: 'You may keep this. (https://shop.example/privacy)',
      at: expect.any(Date),
    });
  });
});

describe('the door', () => {
  test('lets no page of another origin in', async () => {
    await expect(connectVisitor(app.url, { origin: 'https://evil.example' })).rejects.toThrow(
      '403',
    );
    const response = await fetch(`${app.url}/visitor/poll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ frames: [{ type: 'hello', line: shop.line.key }] }),
    });
    expect(response.status).toBe(403);
  });

  test('says when there is no such line', async () => {
    const socket = await connectVisitor(app.url);
    socket.say({ type: 'hello', line: 'nowhere' });
    expect(await socket.hear('refused')).toMatchObject({ code: 'no_such_line' });
    socket.close();
  });

  test.each([
    ['no JSON', '{'],
    ['no frame', '[]'],
    ['a bad frame', '{"type":"message","clientId":"a b"}'],
  ])('survives %s', async (_name, frame) => {
    const socket = await visit();
    socket.say(frame);
    expect(await socket.hear('refused')).toMatchObject({ code: 'malformed' });
    socket.say({ type: 'ping' });
    await socket.hear('pong');
  });

  test('ignores frames of a newer widget', async () => {
    const socket = await visit();
    socket.say({ type: 'teleport' });
    socket.say({ type: 'ping' });
    await socket.hear('pong');
    expect(socket.heard.some(({ type }) => type === 'refused')).toBe(false);
  });

  test('closes on a frame over 64 KiB', async () => {
    const socket = await visit();
    socket.say({ type: 'message', clientId: 'big', text: 'x'.repeat(70_000) });
    expect(await socket.closed).toBe(1009);
  });

  test.each(['//', 'http://[', '*', '/visitor%zz'])(
    'survives a handshake at %s',
    async (address) => {
      const { port } = new URL(app.url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      await once(socket, 'connect');
      const other = await visit();
      other.say({ type: 'ping' });
      await other.hear('pong');
      socket.destroy();
    },
  );

  test('slows down who writes too much', async () => {
    const socket = await visit();
    for (let index = 0; index < 31; index += 1)
      socket.say({ type: 'message', clientId: `m-${index}`, text: `${index}` });
    expect(await socket.hear('refused')).toMatchObject({ code: 'too_many', clientId: 'm-30' });
  });

  test("leaves the operators' sockets alone", async () => {
    const response = await fetch(`${app.url}/socket.io/?EIO=4&transport=polling`);
    expect([200, 400, 404]).toContain(response.status);
    const socket = await visit();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    socket.say({ type: 'ping' });
    await socket.hear('pong');
  });

  test('tells everybody who is there when that changes', async () => {
    const socket = await visit();
    await app.call('PUT', '/presence', { state: 'offline' }, shop.token);
    expect((await socket.hear('reach', ({ reach }) => !reach.staffed)).reach.open).toBe(true);
    await app.call('PUT', '/presence', { state: 'online' }, shop.token);
    await socket.hear('reach', ({ reach }) => reach.staffed);
  });
});

describe('the pages', () => {
  test('only the sites of the settings may frame the widget', async () => {
    const strict = await openShop(app, {
      allowedOrigins: ['https://shop.example', 'https://*.shop.example'],
    });
    const page = await fetch(`${app.url}/widget/${strict.line.key}`);
    expect(page.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://shop.example https://*.shop.example",
    );
    expect(page.headers.get('x-frame-options')).toBeNull();
  });

  test('what stands in the page can not end its element', async () => {
    const sly = await openShop(app, { title: '</script><script>alert(1)</script>' });
    const page = await (await fetch(`${app.url}/widget/${sly.line.key}`)).text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain(sly.secrets.identitySecret);
  });

  test('a line that is not there has a plain page', async () => {
    const page = await fetch(`${app.url}/widget/nowhere`);
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('There is no chat at this address.');
  });

  test('the loader may be loaded by other sites', async () => {
    const loader = await fetch(`${app.url}/widget.js`);
    expect(loader.status).toBe(200);
    expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(loader.headers.get('content-type')).toMatch(
      /^(text|application)\/javascript; charset=utf-8$/,
    );
    expect(loader.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('what nobody in particular says', () => {
  test('comes from the company', async () => {
    await app.call('PATCH', '/settings', { companyName: 'Lamps Ltd' });
    const menu = { text: 'What is it about?', options: [{ label: 'A lamp' }] };
    const { line } = await openShop(app, {}, { flows: [{ name: 'menu', config: menu }] });
    const socket = await visit({ line: line.key });
    socket.say({ type: 'message', clientId: 'c-company', text: 'Hello' });
    const { message } = await socket.hear('message', (news) => news.message.from === 'system');
    expect(message).toMatchObject({ name: 'Lamps Ltd', text: menu.text });
    const [button] = message.buttons;
    socket.say({
      type: 'button',
      token: button?.token ?? '',
      messageId: message.id,
      clientId: 'c-press',
    });
    const own = await socket.hear('message', (news) => news.message.text === 'A lamp');
    expect(own.message.replyTo).toMatchObject({ author: 'Lamps Ltd', text: menu.text });
  });
});
