import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChannelContext, Connection, Parsed, StreamSink } from '../../src/contract/channel.ts';
import { sampleFile } from '../shared/testing.ts';
import { telegramConfig } from './config.ts';
import type { TelegramConfig } from './config.ts';
import telegram from './index.ts';
import { fieldsOf, kit, methodOf, startTelegramDouble } from './testing.ts';
import type { TelegramDouble } from './testing.ts';

let double: TelegramDouble;
beforeAll(async () => {
  double = await startTelegramDouble();
});
afterAll(() => double.close());
afterEach(() => {
  double.requests.length = 0;
});

/** The request that the double got in this place. */
const received = (index: number) => {
  const request = double.requests[index];
  if (!request) throw new Error(`There is no request ${index}.`);
  return request;
};

const context: ChannelContext = {
  fetch,
  log: { info: () => undefined, warn: () => undefined },
  now: () => new Date('2026-01-01T00:00:00Z'),
  accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
};

const accountWith = (change: Partial<TelegramConfig> = {}) => ({
  id: 'account-1',
  name: 'Shop bot',
  role: 'line' as const,
  webhookUrl: 'https://desk.example/hooks/telegram/account-1',
  config: telegramConfig.parse({ ...kit.config(double.url), ...change }),
});

const open = (change?: Partial<TelegramConfig>) => telegram.open(accountWith(change), context);
const text = (value: string) => ({ kind: 'text', text: value }) as const;

const answer = (status: number, description: string, parameters?: object) =>
  ({
    kind: 'answer',
    status,
    body: JSON.stringify({ ok: false, error_code: status, description, parameters }),
  }) as const;

const update = (number: number, words: string) => ({
  update_id: number,
  message: {
    message_id: number,
    date: 1_767_225_600,
    chat: { id: 42, type: 'private' },
    from: { id: 42, first_name: 'Ann' },
    text: words,
  },
});

/** A sink that keeps what came, and a way to wait for it. */
function collect(accept?: (parsed: Parsed) => Promise<void>) {
  const got: Parsed[] = [];
  const reports: Connection[] = [];
  const stop = new AbortController();
  const sink: StreamSink = {
    async accept(parsed) {
      await accept?.(parsed);
      got.push(parsed);
      return { accepted: parsed.events.length, duplicates: 0 };
    },
    readCursor: () => Promise.resolve(null),
    saveCursor: () => Promise.resolve(),
    report: (connection) => void reports.push(connection),
    signal: stop.signal,
  };
  return { got, reports, stop, sink };
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((wake) => setTimeout(wake, 10));
};

test('a chat that became a supergroup is written to under its new id, which is told', async () => {
  const session = await open();
  double.next(
    answer(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -100_777,
    }),
  );
  const result = await session.send({ key: 'k', chat: '-4567', content: text('Hello') });
  expect(result).toMatchObject({ status: 'sent', movedTo: '-100777' });
  expect(double.requests.map((request) => fieldsOf(request)['chat_id'])).toEqual([-4567, -100_777]);
});

test('a picture that Telegram does not take as a photo goes as a document', async () => {
  const session = await open();
  double.next(answer(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'));
  const content = { kind: 'image', file: sampleFile('long.png', 'image/png', 'png') } as const;
  const result = await session.send({ key: 'k', chat: '42', content });
  expect(result.status).toBe('sent');
  expect(double.requests.map(methodOf)).toEqual(['sendPhoto', 'sendDocument']);
  expect(fieldsOf(received(1))['files']).toEqual([{ name: 'long.png', content: 'png' }]);
});

test('a failure after the first part of an album is uncertain and says what was sent', async () => {
  const session = await open();
  double.next({ kind: 'answer', status: 200, body: '{"ok":true,"result":{"message_id":1}}' });
  double.next(answer(403, 'Forbidden: bot was blocked by the user'));
  const items = [
    { kind: 'image', file: sampleFile('a.png', 'image/png', 'a') },
    { kind: 'file', file: sampleFile('b.pdf', 'application/pdf', 'b') },
  ] as const;
  const result = await session.send({
    key: 'k',
    chat: '42',
    content: { kind: 'album', items: [...items] },
  });
  expect(result).toMatchObject({ status: 'uncertain', detail: expect.stringContaining('1 of 2') });
});

test('a file that can not be read from storage means the message was certainly not sent', async () => {
  const session = await open();
  const file = {
    ...sampleFile('a.pdf', 'application/pdf', 'a'),
    open: () => {
      throw new Error('disk on fire');
    },
  };
  const result = await session.send({ key: 'k', chat: '42', content: { kind: 'file', file } });
  expect(result).toEqual({
    status: 'deferred',
    detail: 'The file could not be read from storage.',
  });
});

test('a file name with quotes and line ends stays inside its header', async () => {
  const session = await open();
  const file = sampleFile('a"; name="chat_id"\r\n\r\n7.pdf', 'application/pdf', 'x');
  await session.send({ key: 'k', chat: '42', content: { kind: 'file', file } });
  const fields = fieldsOf(received(0));
  expect(fields['chat_id']).toBe(42);
  expect(fields['files']).toHaveLength(1);
});

test('an address that is none of Telegram’s is refused without asking', async () => {
  const session = await open();
  const result = await session.send({ key: 'k', chat: 'visitor-7', content: text('Hello') });
  expect(result).toMatchObject({ status: 'rejected', reason: 'no-such-chat' });
  expect(double.requests).toEqual([]);
});

test('a bot server that is not there means the message was certainly not sent', async () => {
  const gone = await startTelegramDouble();
  await gone.close();
  const session = await open({ apiRoot: gone.url });
  const result = await session.send({ key: 'k', chat: '42', content: text('Hello') });
  expect(result).toMatchObject({
    status: 'deferred',
    detail: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a file is fetched by its id, through the path that Telegram names', async () => {
  const session = await open();
  const download = await session.download({ ref: 'F', mime: 'image/jpeg', name: 'photo.jpg' });
  if (download.status !== 'ok') throw new Error(download.detail);
  expect(Buffer.concat(await download.content.toArray()).toString()).toBe('content');
  expect(download).toMatchObject({ mime: 'image/jpeg', name: 'photo.jpg', size: 7 });
  expect(double.requests[1]?.path).toMatch(/^\/file\/bot.+\/photos\/file%201\.jpg$/);
});

test.each([
  ['getFile refuses', answer(400, 'Bad Request: file is too big'), 'gone'],
  [
    'Telegram is busy',
    answer(429, 'Too Many Requests: retry after 3', { retry_after: 3 }),
    'deferred',
  ],
  [
    'the server is local and names a path of its disk',
    {
      kind: 'answer',
      status: 200,
      body: '{"ok":true,"result":{"file_path":"/etc/passwd"}}',
    } as const,
    'gone',
  ],
  [
    'the path leads out',
    { kind: 'answer', status: 200, body: '{"ok":true,"result":{"file_path":"../../x"}}' } as const,
    'gone',
  ],
])('a download ends visibly when %s', async (_, behaviour, status) => {
  const session = await open();
  double.answer('getFile', behaviour);
  expect((await session.download({ ref: 'F' })).status).toBe(status);
  double.answer('getFile', null);
});

test('a person’s photo is the smallest that is sharp enough', async () => {
  const session = await open();
  expect(await session.profile('42')).toMatchObject({ avatar: { ref: 'middle', width: 320 } });
});

test('a message changes, goes, gets a reaction; the button stops waiting; typing shows', async () => {
  const session = await open();
  expect((await session.edit('42', ['7'], text('Better'))).status).toBe('sent');
  expect((await session.remove('42', ['7'])).status).toBe('sent');
  expect((await session.remove('42', ['7', '8'])).status).toBe('sent');
  expect((await session.react('42', '7', ['👍'])).status).toBe('sent');
  expect((await session.react('42', '7', [])).status).toBe('sent');
  await session.acknowledge('ack-1', 'x'.repeat(300));
  await session.typing('42', true);
  await session.typing('42', false);
  expect(double.requests.map((request) => [methodOf(request), fieldsOf(request)])).toEqual([
    ['editMessageText', { chat_id: 42, message_id: 7, text: 'Better' }],
    ['deleteMessage', { chat_id: 42, message_id: 7 }],
    ['deleteMessages', { chat_id: 42, message_ids: [7, 8] }],
    [
      'setMessageReaction',
      { chat_id: 42, message_id: 7, reaction: [{ type: 'emoji', emoji: '👍' }] },
    ],
    ['setMessageReaction', { chat_id: 42, message_id: 7, reaction: [] }],
    ['answerCallbackQuery', { callback_query_id: 'ack-1', text: 'x'.repeat(200) }],
    ['sendChatAction', { chat_id: 42, action: 'typing' }],
  ]);
});

test('changing a message into what it already is counts as done', async () => {
  const session = await open();
  double.next(
    answer(400, 'Bad Request: message is not modified: specified new message content is the same'),
  );
  expect((await session.edit('42', ['7'], text('Same'))).status).toBe('sent');
});

test('connecting by webhook tells Telegram the address, the secret and the wanted kinds', async () => {
  const connection = await telegram.webhook?.install?.(accountWith(), context);
  expect(connection).toEqual({ status: 'connected', detail: '@shop_bot is ready.' });
  expect(fieldsOf(received(0))).toEqual({
    url: 'https://desk.example/hooks/telegram/account-1',
    secret_token: 'telegram-webhook-secret',
    allowed_updates: [
      'message',
      'edited_message',
      'callback_query',
      'my_chat_member',
      'message_reaction',
    ],
  });
});

test('a webhook at Telegram’s own server needs an HTTPS address', async () => {
  const account = { ...accountWith(), webhookUrl: 'http://127.0.0.1:3000/hooks/telegram/a' };
  const config = { ...account.config, apiRoot: undefined };
  const connection = await telegram.webhook?.install?.({ ...account, config }, context);
  expect(connection).toMatchObject({
    status: 'paused',
    detail: expect.stringContaining('PUBLIC_URL'),
  });
});

test('a wrong token pauses the account with what to do', async () => {
  double.answer('getMe', answer(401, 'Unauthorized'));
  expect(await (await open()).check()).toMatchObject({
    status: 'paused',
    detail: expect.stringContaining('@BotFather'),
  });
  double.answer('getMe', null);
});

test('polling stores first and confirms afterwards', async () => {
  const { got, reports, stop, sink } = collect(() => {
    expect(double.pending()).toBeGreaterThan(0);
    return Promise.resolve();
  });
  double.push(update(1001, 'one'));
  double.push(update(1002, 'two'));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => got.length > 0 && double.pending() === 0);
  stop.abort();
  await running;
  expect(got.flatMap((parsed) => parsed.events.map((event) => event.id))).toEqual([
    'u1001',
    'u1002',
  ]);
  expect(reports[0]?.status).toBe('connected');
});

test('updates that could not be stored come again', async () => {
  let failures = 1;
  const { got, reports, stop, sink } = collect(() =>
    failures-- > 0 ? Promise.reject(new Error('database is away')) : Promise.resolve(),
  );
  double.push(update(1101, 'again'));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => got.length > 0);
  stop.abort();
  await running;
  expect(got[0]?.events[0]?.id).toBe('u1101');
  expect(reports.some((connection) => connection.detail.includes('could not be stored'))).toBe(
    true,
  );
});

test('an unreadable update is odd and does not stop those after it', async () => {
  const { got, stop, sink } = collect();
  double.push({ update_id: 1201, message: 'nonsense' });
  double.push(update(1202, 'fine'));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => got.length > 0);
  stop.abort();
  await running;
  expect(got[0]?.odd).toHaveLength(1);
  expect(got[0]?.events.map((event) => event.id)).toEqual(['u1202']);
});

test('a second poller is reported in a sentence, and polling goes on when it is gone', async () => {
  const { reports, stop, sink } = collect();
  double.answer('getUpdates', answer(409, 'Conflict: terminated by other getUpdates request'));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => reports.length > 0);
  double.answer('getUpdates', null);
  await until(() => reports.some((connection) => connection.status === 'connected'));
  stop.abort();
  await running;
  expect(reports[0]).toMatchObject({
    status: 'error',
    detail: expect.stringContaining('Another program'),
  });
});

test('a webhook that is in the way is taken back', async () => {
  const { reports, stop, sink } = collect();
  const inTheWay = "Conflict: can't use getUpdates method while webhook is active";
  double.answer('getUpdates', answer(409, inTheWay));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => double.requests.some((request) => methodOf(request) === 'deleteWebhook'));
  double.answer('getUpdates', null);
  await until(() => reports.some((connection) => connection.status === 'connected'));
  stop.abort();
  await running;
  expect(reports[0]).toMatchObject({ detail: expect.stringContaining('takes it back') });
});

test('polling with a wrong token pauses and asks no more', async () => {
  const { reports, stop, sink } = collect();
  double.answer('getUpdates', answer(401, 'Unauthorized'));
  const running = telegram.stream?.run(accountWith({ mode: 'poll' }), sink, context);
  await until(() => reports.length > 0);
  const asked = double.requests.length;
  await new Promise((wake) => setTimeout(wake, 100));
  expect(double.requests).toHaveLength(asked);
  expect(reports).toEqual([{ status: 'paused', detail: expect.stringContaining('@BotFather') }]);
  double.answer('getUpdates', null);
  stop.abort();
  await running;
});
