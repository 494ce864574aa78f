import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ChannelContext } from '../../src/contract/channel.ts';
import { verifyWebhook } from '../shared/standard-webhooks.ts';
import { startDouble } from '../shared/testing.ts';
import type { Double } from '../shared/testing.ts';
import { apiConfig } from './config.ts';
import api from './index.ts';
import { kit, startApiDouble } from './testing.ts';

const NOW = new Date('2026-01-15T12:00:00Z');

let double: Double;
beforeAll(async () => {
  double = await startApiDouble();
});
afterAll(() => double.close());
afterEach(() => {
  double.requests.length = 0;
});

const context: ChannelContext = {
  fetch,
  log: { info: () => undefined, warn: () => undefined },
  now: () => NOW,
  accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
};

const open = () =>
  api.open(
    {
      id: 'account-1',
      name: 'Shop',
      role: 'line',
      webhookUrl: 'https://desk.example/hooks/api/account-1',
      config: apiConfig.parse(kit.config(double.url)),
    },
    context,
  );

const hello = {
  key: 'key-9',
  chat: 'customer-7',
  content: { kind: 'text', text: 'Hello' },
} as const;

test('the receiver can verify what it gets with the shared secret', async () => {
  await (await open()).send(hello);
  const [request] = double.requests;
  if (!request) throw new Error('Nothing arrived.');
  const secret = String(kit.config(double.url)['secret']);
  expect(verifyWebhook(secret, request.headers, request.body, NOW)).toBe(true);
  expect(request.headers['webhook-id']).toBe('key-9');
});

test('a message that may have arrived is sent again under the same webhook-id', async () => {
  const session = await open();
  const message = { ...hello, key: 'key-10' };
  double.next({ kind: 'cut' });
  expect((await session.send(message)).status).toBe('deferred');
  expect((await session.send(message)).status).toBe('sent');
  expect(double.copies('key-10')).toBe(2);
});

test('a secret that is made is one that signs', () => {
  let count = 0;
  const random = (bytes: number): string => String(count++).padStart(bytes, 'x');
  const make = () => api.complete?.({ deliverUrl: 'https://shop.example/hook' }, random);
  const [one, other] = [make(), make()];
  expect(apiConfig.safeParse(one).success).toBe(true);
  expect(one?.['secret']).not.toBe(other?.['secret']);
});

test('a secret in another form is refused with how it should look', () => {
  const read = apiConfig.safeParse({ deliverUrl: 'https://shop.example/hook', secret: 'hunter2' });
  expect(read.error?.issues[0]?.message).toContain('whsec_');
});

test('the answer to a batch says how many were new', () => {
  expect(api.webhook?.ack?.({ accepted: 2, duplicates: 1 }).body).toBe(
    '{"accepted":2,"duplicates":1}',
  );
});

test.each([
  [200, 'ok'],
  [404, 'gone'],
  [403, 'gone'],
  [429, 'deferred'],
  [500, 'deferred'],
] as const)('a file whose address answers %i is %s', async (status, expected) => {
  const files = await startDouble({
    isSend: () => false,
    keyOf: () => null,
    answer: () => ({
      kind: 'answer',
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'content',
    }),
  });
  const download = await (await open()).download({ ref: `${files.url}/a.txt`, name: 'a.txt' });
  expect(download.status).toBe(expected);
  if (download.status === 'ok') {
    expect(download).toMatchObject({ mime: 'text/plain', name: 'a.txt' });
    expect(Buffer.concat(await download.content.toArray()).toString()).toBe('content');
  }
  await files.close();
});
