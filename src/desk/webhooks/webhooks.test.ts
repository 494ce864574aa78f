import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TestDesk } from '../../../test/harness/desk.ts';
import { openTestDesk } from '../../../test/harness/desk.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeWebhook, removeWebhook } from './change-webhook.ts';
import { createWebhook } from './create-webhook.ts';
import { listWebhookCalls, readWebhook } from './list-webhooks.ts';
import { pingWebhook, replayCall } from './replay-call.ts';
import type { WebhookSender } from './webhook-sender.ts';
import { startWebhookSender } from './webhook-sender.ts';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}
let received: Received[] = [];
/** What the receiver answers next; 200 when it is told nothing. */
let answers: { status: number; headers?: Record<string, string> }[] = [];
let receiver: Server;
let url: string;
let test: TestDesk;
let admin: Principal;
let sender: WebhookSender;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const { status, headers = {} } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end('thanks');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hear`;
  test = await openTestDesk();
  admin = await test.person('Ann', 'administrator');
  sender = startWebhookSender(test.desk);
});
afterAll(async () => {
  await sender.stop();
  await test.close();
  receiver.close();
});
beforeEach(() => {
  received = [];
  answers = [];
});

const hook = (events: Parameters<typeof createWebhook>[2]['events'] = []) =>
  createWebhook(test.desk, admin, { url, events, active: true });
const talk = async (): Promise<void> => {
  const line = await test.line('Sales', []);
  const account = await test.account(line, 'sandbox', { secret: 'sandbox-secret-for-tests' });
  await test.write(account, `chat-${Math.random()}`, 'hello out there');
  await sender.idle();
};
const sweep = async (): Promise<void> => {
  sender.wake();
  await sender.idle();
};

it('tells what happens, signed so that any Standard Webhooks library believes it', async () => {
  const { id, secret = '' } = await hook(['message.created']);
  await talk();
  expect(received).toHaveLength(1);
  const { headers, body } = received[0] ?? { headers: {}, body: '' };
  const told = JSON.parse(body);
  expect(told).toMatchObject({
    type: 'message.created',
    timestamp: test.clock.now().toISOString(),
    data: {
      message: { text: 'hello out there', direction: 'in' },
      conversation: { state: 'waiting' },
    },
  });
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
  expect(await readWebhook(test.desk, admin, id)).not.toHaveProperty('secret');
  await removeWebhook(test.desk, admin, id);
});

it('tells only what is wanted, and everything when nothing is named', async () => {
  const few = await hook(['conversation.created']);
  const all = await hook();
  await talk();
  const types = received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  expect(types.filter((type) => type === 'conversation.created')).toHaveLength(2);
  expect(types).toContain('message.created');
  expect(types).toContain('lead.created');
  for (const { id } of [few, all]) await removeWebhook(test.desk, admin, id);
});

it('tries again with the same id until it is taken', async () => {
  const { id } = await hook(['conversation.created']);
  answers = [{ status: 500 }, { status: 503, headers: { 'retry-after': '600' } }];
  await talk();
  const [first] = (await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items;
  expect(first).toMatchObject({ state: 'queued', attempts: 1, status: 500 });
  await sweep();
  expect(received).toHaveLength(1);
  test.clock.advance(6_000);
  await sweep();
  expect(received).toHaveLength(2);
  test.clock.advance(599_000);
  await sweep();
  expect(received).toHaveLength(2);
  test.clock.advance(2_000);
  await sweep();
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const [last] = (await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items;
  expect(last).toMatchObject({ state: 'sent', attempts: 3, status: 200, nextAt: null });
  await removeWebhook(test.desk, admin, id);
});

it('gives up after three days, and can be repeated by hand', async () => {
  const { id } = await hook(['conversation.created']);
  answers = Array.from({ length: 10 }, () => ({ status: 500 }));
  const started = test.clock.now().getTime();
  await talk();
  for (let attempt = 0; attempt < 12; attempt++) {
    test.clock.advance(27 * 3600_000);
    await sweep();
  }
  const [given] = (await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items;
  expect(given).toMatchObject({ state: 'failed', attempts: 10, status: 500 });
  expect(test.clock.now().getTime() - started).toBeGreaterThan(3 * 86_400_000);
  await replayCall(test.desk, admin, id, given?.id ?? '');
  await sender.idle();
  expect((await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items[0]?.state).toBe(
    'sent',
  );
  await removeWebhook(test.desk, admin, id);
});

it('says why there was no connection, without the address', async () => {
  const { id } = await createWebhook(test.desk, admin, {
    url: 'http://127.0.0.1:9/secret-path',
    events: ['conversation.created'],
    active: true,
  });
  await talk();
  const [call] = (await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items;
  expect(call).toMatchObject({ state: 'queued', status: null });
  expect(call?.detail).toMatch(/^No connection/);
  expect(call?.detail).not.toContain('secret-path');
  await removeWebhook(test.desk, admin, id);
});

it('switches an address off that answers 410, and sends nothing to one that is off', async () => {
  const { id } = await hook();
  answers = [{ status: 410 }];
  await pingWebhook(test.desk, admin, id);
  await sender.idle();
  expect(received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['ping']);
  expect(await readWebhook(test.desk, admin, id)).toMatchObject({ active: false });
  await talk();
  expect(received).toHaveLength(1);
  await changeWebhook(test.desk, admin, id, { active: true, events: ['conversation.created'] });
  await talk();
  expect(received).toHaveLength(2);
  await removeWebhook(test.desk, admin, id);
});

it('follows no redirect', async () => {
  const { id } = await hook(['conversation.created']);
  answers = [{ status: 302, headers: { location: 'http://127.0.0.1:1/else' } }];
  await talk();
  expect((await listWebhookCalls(test.desk, admin, id, { limit: 10 })).items[0]).toMatchObject({
    status: 302,
  });
  await removeWebhook(test.desk, admin, id);
});

it('is for administrators', async () => {
  const operator = await test.person('Bob');
  await expect(
    createWebhook(test.desk, operator, { url, events: [], active: true }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});
