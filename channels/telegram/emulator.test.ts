import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import emulator from 'telegram-test-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelContext, StreamSink } from '../../src/contract/channel.ts';
import type { InboundEvent } from '../../src/contract/inbound.ts';
import { startDouble } from '../shared/testing.ts';
import { telegramConfig } from './config.ts';
import telegram from './index.ts';

/** The emulator by others: text, buttons, edits, deletion, webhook and polling; no files. */
interface Emulator {
  config: { apiURL: string };
  start(): Promise<void>;
  stop(): Promise<boolean>;
  getUpdatesHistory(token: string): { message: { text?: string }; messageId: number }[];
  getClient(token: string, options: { userId: number; chatId: number; firstName: string }): Client;
}
interface Client {
  makeMessage(text: string): object;
  makeCommand(text: string): object;
  makeCallbackQuery(data: string): object;
  sendMessage(message: object): Promise<unknown>;
  sendCommand(message: object): Promise<unknown>;
  sendCallback(message: object): Promise<unknown>;
  getUpdates(): Promise<{ result: { messageId: number; message: Record<string, unknown> }[] }>;
}
/** A CommonJS module that exports the class itself, while its types name a default. */
const EmulatorServer = emulator as unknown as new (config: {
  port: number;
  host: string;
}) => Emulator;

const TOKEN = '123456:emulated';
let server: Emulator;
let client: Client;

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });

beforeAll(async () => {
  server = new EmulatorServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  client = server.getClient(TOKEN, { userId: 42, chatId: 42, firstName: 'Ann' });
});
afterAll(() => server.stop());

const context: ChannelContext = {
  fetch,
  log: { info: () => undefined, warn: () => undefined },
  now: () => new Date(),
  accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
};
const accountAt = (
  mode: 'poll' | 'webhook',
  webhookUrl = 'https://desk.example/hooks/telegram/a',
) => ({
  id: 'a',
  name: 'Emulated',
  role: 'line' as const,
  webhookUrl,
  config: telegramConfig.parse({
    token: TOKEN,
    mode,
    apiRoot: server.config.apiURL,
    secret: 'emulator-secret-16',
  }),
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((wake) => setTimeout(wake, 20));
};

test('an answer with buttons reaches the customer, is changed and taken back', async () => {
  const session = await telegram.open(accountAt('poll'), context);
  const sent = await session.send({
    key: 'k',
    chat: '42',
    content: { kind: 'card', text: 'How was it?', buttons: [{ label: 'Good', token: 't:1' }] },
  });
  if (sent.status !== 'sent') throw new Error(sent.detail);
  const received = await client.getUpdates();
  expect(received.result[0]?.message).toMatchObject({
    text: 'How was it?',
    reply_markup: { inline_keyboard: [[{ text: 'Good', callback_data: 't:1' }]] },
  });

  const changed = await session.edit('42', sent.providerIds, { kind: 'text', text: 'Thank you' });
  expect(changed.status).toBe('sent');
  expect(server.getUpdatesHistory(TOKEN).at(-1)?.message.text).toBe('Thank you');

  const removed = await session.remove('42', sent.providerIds);
  expect(removed.status).toBe('sent');
  expect(server.getUpdatesHistory(TOKEN).map((entry) => entry.messageId)).not.toContain(
    Number(sent.providerIds[0]),
  );
});

test('what a customer writes, starts and presses comes in by polling, in order', async () => {
  const events: InboundEvent[] = [];
  const stop = new AbortController();
  const sink: StreamSink = {
    accept(parsed) {
      events.push(...parsed.events);
      expect(parsed.odd ?? []).toEqual([]);
      return Promise.resolve({ accepted: parsed.events.length, duplicates: 0 });
    },
    readCursor: () => Promise.resolve(null),
    saveCursor: () => Promise.resolve(),
    report: () => undefined,
    signal: stop.signal,
  };
  const running = telegram.stream?.run(accountAt('poll'), sink, context);
  await client.sendCommand(client.makeCommand('/start from_site'));
  await client.sendMessage(client.makeMessage('Hello'));
  await client.sendCallback(client.makeCallbackQuery('t:1'));
  await until(() => events.length === 3);
  stop.abort();
  await running;
  expect(events).toMatchObject([
    { type: 'message', chat: { id: '42' }, origin: { payload: 'from_site' } },
    { type: 'message', from: { id: '42', name: 'Ann' }, parts: [{ kind: 'text', text: 'Hello' }] },
    { type: 'button', chat: { id: '42' }, token: 't:1' },
  ]);
});

test('the webhook is called where we said, and without the secret nobody is believed', async () => {
  const door = await startDouble({
    isSend: () => false,
    keyOf: () => null,
    answer: () => ({ kind: 'answer', status: 200 }),
  });
  const account = accountAt('webhook', `${door.url}/hooks/telegram/a`);
  expect(await telegram.webhook?.install?.(account, context)).toEqual({
    status: 'connected',
    detail: '@TestNameBot is ready.',
  });
  await client.sendMessage(client.makeMessage('By webhook'));
  await until(() => door.requests.length > 0);
  const [received] = door.requests;
  if (!received) throw new Error('The emulator did not call.');
  const request = {
    method: 'POST',
    path: '',
    url: account.webhookUrl,
    query: {},
    headers: received.headers,
    body: received.body,
    now: new Date(),
  } as const;
  // This emulator knows nothing of secret_token, as an attacker would not.
  expect(telegram.webhook?.verify(request, account.config)).toBe(false);
  const parsed = telegram.webhook?.parse(request, account.config);
  expect(parsed?.events).toMatchObject([{ type: 'message', parts: [{ text: 'By webhook' }] }]);
  await telegram.webhook?.uninstall?.(account, context);
  await door.close();
});
