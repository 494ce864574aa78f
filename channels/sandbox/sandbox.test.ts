import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelContext } from '../../src/contract/channel.ts';
import type { Double } from '../shared/testing.ts';
import { sampleRequest } from '../shared/testing.ts';
import sandbox from './index.ts';
import { startSandboxDouble } from './testing.ts';

let double: Double;
beforeAll(async () => {
  double = await startSandboxDouble();
});
afterAll(() => double.close());

const context: ChannelContext = {
  fetch,
  log: { info: () => undefined, warn: () => undefined },
  now: () => new Date('2026-01-01T00:00:00Z'),
  accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
};

const open = (apiRoot?: string) =>
  sandbox.open(
    {
      id: 'account-1',
      name: 'Sandbox',
      role: 'line',
      webhookUrl: 'https://desk.example/hooks/sandbox/account-1',
      config: { secret: 'sandbox-secret-for-tests', ...(apiRoot ? { apiRoot } : {}) },
    },
    context,
  );

test('without a provider address every message is accepted', async () => {
  const session = await open();
  const result = await session.send({
    key: 'k',
    chat: 'c',
    content: { kind: 'text', text: 'Hello' },
  });
  expect(result).toEqual({ status: 'sent', providerIds: ['sandbox-k'] });
});

test('the same key sent twice makes two copies, which the double counts', async () => {
  const session = await open(double.url);
  const message = { key: 'twice', chat: 'c', content: { kind: 'text', text: 'Hello' } } as const;
  await session.send(message);
  await session.send(message);
  expect(double.copies('twice')).toBe(2);
});

test('a refused message is not a copy, one cut after reading is', async () => {
  const session = await open(double.url);
  double.next({ kind: 'answer', status: 429 });
  double.next({ kind: 'cut' });
  const message = { key: 'cut', chat: 'c', content: { kind: 'text', text: 'Hello' } } as const;
  expect((await session.send(message)).status).toBe('deferred');
  expect((await session.send(message)).status).toBe('uncertain');
  expect(double.copies('cut')).toBe(1);
});

test('a provider that is not there means the message was certainly not sent', async () => {
  const gone = await startSandboxDouble();
  await gone.close();
  const session = await open(gone.url);
  const result = await session.send({
    key: 'k',
    chat: 'c',
    content: { kind: 'text', text: 'Hello' },
  });
  expect(result.status).toBe('deferred');
});

test('a bad event in a batch is odd and the others stay', () => {
  const request = sampleRequest(
    'sandbox',
    {
      events: [
        { id: 'e1', type: 'message', chat: 'c', from: { id: 'p' }, text: 'Hi' },
        { id: 'e2', type: 'message', chat: 'c' },
        { id: 'e3', type: 'telepathy', chat: 'c' },
      ],
    },
    context.now(),
  );
  const parsed = sandbox.webhook?.parse(request, { secret: 'sandbox-secret-for-tests' });
  expect(parsed?.events.map((event) => event.id)).toEqual(['e1']);
  expect(parsed?.odd).toHaveLength(2);
});

test('a file travels inside its reference', async () => {
  const session = await open();
  const download = await session.download({ ref: `data:text/plain;base64,${btoa('hello')}` });
  if (download.status !== 'ok') throw new Error(download.detail);
  expect(Buffer.concat(await download.content.toArray()).toString()).toBe('hello');
});
