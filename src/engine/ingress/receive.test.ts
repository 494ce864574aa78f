import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { TestDesk } from '../../../test/harness/desk.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import type { MessageEvent } from '../../contract/inbound.ts';

let test: TestDesk;
let account: AccountRecord;
const SECRET = 'sandbox-secret-for-tests';

beforeAll(async () => {
  test = await openTestDesk();
  const ann = await test.person('Ann', 'operator', { online: false });
  account = await test.account(await test.line('Sales', [ann]), 'sandbox', { secret: SECRET });
});
afterAll(() => test.close());

let serial = 0;
const message = (chat: string, text: string, id = `e${++serial}`): MessageEvent => ({
  type: 'message',
  id,
  messageId: `m-${id}`,
  at: test.clock.now(),
  chat: { id: chat, kind: 'private' },
  from: { id: chat, name: `Customer ${chat}`, proof: 'provider' },
  parts: [{ kind: 'text', text }],
});
const accept = (...events: MessageEvent[]) =>
  test.desk.ingress.accept(account.id, { events }, null);
const post = (body: string | Buffer, secret = SECRET) =>
  test.desk.ingress.webhook('sandbox', account.id, {
    method: 'POST',
    path: '',
    url: `http://127.0.0.1:3000/hooks/sandbox/${account.id}`,
    query: {},
    headers: { 'x-sandbox-secret': secret, 'content-type': 'application/json' },
    body: Buffer.from(body),
  });
const talk = (chat: string) => test.desk.stores.conversations.byChat(account.id, chat);
const messages = async (chat: string) => {
  const conversation = await talk(chat);
  return conversation ? test.desk.stores.messages.after(conversation.id, 0, 200) : [];
};

describe('the same event again', () => {
  it('50 times at once is one message, one conversation, one contact, one lead', async () => {
    const event = message('fifty', 'hello');
    const answers = await Promise.all(Array.from({ length: 50 }, () => accept(event)));
    await test.desk.ingress.idle();
    expect(answers.reduce((sum, one) => sum + one.accepted, 0)).toBe(1);
    expect(answers.reduce((sum, one) => sum + one.duplicates, 0)).toBe(49);
    expect((await messages('fifty')).filter((one) => one.direction === 'in')).toHaveLength(1);
    const conversation = await talk('fifty');
    expect(conversation).toMatchObject({ unread: 1, session: { number: 1, state: 'waiting' } });
    const contacts = await test.desk.stores.contacts.list({ q: 'fifty' }, { limit: 10 });
    expect(contacts.items).toHaveLength(1);
    const leads = await test.desk.stores.leads.list(
      { contactId: contacts.items[0]?.id ?? '' },
      { limit: 10 },
    );
    expect(leads.items).toHaveLength(1);
    expect(conversation?.leadId).toBe(leads.items[0]?.id);
  });

  it('the same message under another event id is not a second message', async () => {
    await accept(message('twice', 'once only', 'first'));
    await accept({ ...message('twice', 'once only', 'second'), messageId: 'm-first' });
    await test.desk.ingress.idle();
    expect((await messages('twice')).filter((one) => one.direction === 'in')).toHaveLength(1);
  });

  it('applied again after a crash in the middle changes nothing', async () => {
    const event = message('crash', 'survive me');
    await accept(event);
    await test.desk.ingress.idle();
    const before = { talk: await talk('crash'), messages: await messages('crash') };
    const known = await test.desk.accounts.known(account.id);
    const { logged } = await test.desk.stores.inboundLog.store(
      account.id,
      [{ ...event, id: 'again' }],
      null,
      test.clock.now(),
    );
    expect(logged).toHaveLength(1);
    await test.desk.ingress.recover(0);
    await test.desk.ingress.idle();
    expect(known).not.toBeNull();
    expect(await messages('crash')).toEqual(before.messages);
    expect(await talk('crash')).toMatchObject({
      unread: before.talk?.unread,
      seq: before.talk?.seq,
    });
  });
});

describe('ten different messages at once', () => {
  it('of a person nobody knew make one conversation with ten messages in order, without a gap', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `forward ${index}`);
    await accept(...texts.map((text) => message('ten', text)));
    await test.desk.ingress.idle();
    const all = await messages('ten');
    expect(all.filter((one) => one.direction === 'in').map((one) => one.text)).toEqual(texts);
    expect(all.map((one) => one.seq)).toEqual(all.map((_, index) => index + 1));
  });
});

describe('a customer who writes after the end', () => {
  it('opens a new session of the same conversation', async () => {
    await accept(message('again', 'first'));
    await test.desk.ingress.idle();
    const first = await talk('again');
    if (!first) throw new Error('no talk');
    await test.desk.stores.conversations.close(
      first.id,
      { sessionId: first.session.id },
      test.clock.now(),
      null,
      'won',
    );
    await accept(message('again', 'second'));
    await test.desk.ingress.idle();
    const second = await talk('again');
    expect(second).toMatchObject({
      id: first.id,
      session: { number: 2, state: 'waiting', outcome: null },
    });
    expect(await test.desk.stores.sessions.ofConversation(first.id)).toMatchObject([
      { number: 1, outcome: 'won' },
    ]);
  });
});

describe('the webhook', () => {
  it('refuses an unknown account and a wrong secret with a constant body, storing nothing', async () => {
    const unknown = await test.desk.ingress.webhook('sandbox', '0123456789abcdef01234567', {
      method: 'POST',
      path: '',
      url: '',
      query: {},
      headers: {},
      body: Buffer.from('{}'),
    });
    expect(unknown.status).toBe(404);
    const wrong = await post('{}', 'guess');
    expect(wrong.status).toBe(401);
    expect(await post('something else', 'another guess')).toEqual(wrong);
  });

  it('keeps what it can not read in quarantine, answers so that the provider goes on, and says it to administrators', async () => {
    const alerts: string[] = [];
    const off = test.desk.bus.on('alert', ({ title }) => void alerts.push(title));
    const answer = await post('{"events": [');
    off();
    expect(answer.status).toBe(200);
    const held = await test.desk.stores.quarantine.list('held', { limit: 10 });
    expect(held.items.map((item) => Buffer.from(item.raw).toString())).toContain('{"events": [');
    expect(alerts).toHaveLength(1);
  });

  it('holds an event that can not be applied and goes on with the chat; replayed once it can be, it is there', async () => {
    const stray = await test.account(null, 'sandbox', { secret: SECRET });
    await test.desk.ingress.accept(
      stray.id,
      { events: [message('stray', 'where do I go?')] },
      null,
    );
    await test.desk.ingress.idle();
    const { items } = await test.desk.stores.quarantine.list('held', { limit: 10 });
    const held = items.find((item) => item.accountId === stray.id);
    expect(held?.reason).toContain('belongs to no line');
    await expect(test.desk.ingress.replay(held?.id ?? '')).rejects.toThrow('still can not be used');
    await test.desk.stores.accounts.change(stray.id, { lineId: (await test.line('Late', [])).id });
    await test.desk.accounts.connect(stray.id);
    expect(await test.desk.ingress.replay(held?.id ?? '')).toEqual({ accepted: 1, duplicates: 0 });
    await expect(test.desk.ingress.replay(held?.id ?? '')).rejects.toThrow('already');
    expect(await test.desk.stores.conversations.byChat(stray.id, 'stray')).not.toBeNull();
  });
});

describe('what is not a message', () => {
  it('edits, removals, reactions and blocking change what is there, and name what is not without harm', async () => {
    const first = message('acts', 'helo');
    await accept(first);
    const base = { at: test.clock.now(), chat: first.chat };
    await test.desk.ingress.accept(
      account.id,
      {
        events: [
          {
            type: 'edited',
            id: 'x1',
            ...base,
            messageId: first.messageId,
            parts: [{ kind: 'text', text: 'hello' }],
          },
          {
            type: 'reaction',
            id: 'x2',
            ...base,
            messageId: first.messageId,
            from: first.from,
            emoji: ['👍'],
          },
          { type: 'edited', id: 'x3', ...base, messageId: 'never seen', parts: [] },
          { type: 'presence', id: 'x4', ...base, from: first.from, state: 'blocked' },
        ],
      },
      null,
    );
    await test.desk.ingress.idle();
    const [changed, blocked] = await messages('acts');
    expect(changed).toMatchObject({
      text: 'hello',
      edits: [{ text: 'helo' }],
      reactions: [{ emoji: '👍' }],
    });
    expect(blocked).toMatchObject({ direction: 'event', event: { kind: 'blocked' } });
    expect((await talk('acts'))?.blocked).toBe(true);
    await test.desk.ingress.accept(
      account.id,
      { events: [{ type: 'removed', id: 'x5', ...base, messageIds: [first.messageId] }] },
      null,
    );
    await accept(message('acts', 'I am back'));
    await test.desk.ingress.idle();
    expect((await messages('acts'))[0]?.removedAt).not.toBeNull();
    expect((await talk('acts'))?.blocked).toBe(false);
  });
});
