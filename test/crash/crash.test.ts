import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Double } from '../../channels/shared/testing.ts';
import { startSandboxDouble } from '../../channels/sandbox/testing.ts';
import type {
  ChannelView,
  ConversationView,
  MessageView,
  Page,
  QuarantineView,
  SessionView,
} from '../../src/contract/wire.ts';
import { freePort } from '../../src/app/free-port.ts';
import { startProcess } from '../harness/process.ts';
import type { RealProcess } from '../harness/process.ts';
import { until } from '../harness/until.ts';

/** Kills per run; `CRASH_KILLS=100` for the long one. */
const KILLS = Number(process.env.CRASH_KILLS ?? 8);
const CHATS = 6;
const SECRET = 'sandbox-secret-for-tests';
const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };

let double: Double;
/** An address outside that wants to hear of every message. */
let listener: Server;
/** Message → the calls that told of it, each by its id, which stays the same when it is repeated. */
const told = new Map<string, Set<string>>();
let dataDir: string;
let running: RealProcess;
let env: Record<string, string>;
let token = '';
let url = '';

beforeAll(async () => {
  double = await startSandboxDouble();
  listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as {
        data: { message: MessageView };
      };
      const calls = told.get(data.message.id) ?? new Set();
      told.set(data.message.id, calls.add(String(request.headers['webhook-id'])));
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  dataDir = mkdtempSync(path.join(tmpdir(), 'openline-crash-'));
  env = {
    DATA_DIR: dataDir,
    PORT: String(await freePort('127.0.0.1')),
    OPENLINE_ADMIN_EMAIL: ADMIN.email,
    OPENLINE_ADMIN_PASSWORD: ADMIN.password,
    ALLOW_PRIVATE_PROVIDER_HOSTS: 'on',
  };
  running = await startProcess(env);
  url = running.url;
  token = await personalToken();
});
afterAll(async () => {
  await running.kill();
  await double.close();
  listener.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function personalToken(): Promise<string> {
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const { csrf } = (await signedIn.json()) as SessionView;
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
    body: JSON.stringify({ name: 'crash test' }),
  });
  return ((await made.json()) as { token: string }).token;
}

async function call<T>(
  method: string,
  route: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${url}/api/v1${route}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it(`loses and repeats nothing through ${KILLS} kills of the real process`, async () => {
  const line = await call<{ id: string }>('POST', '/lines', {
    name: 'Crash',
    queue: 'all',
    members: [],
  });
  const channel = await call<ChannelView>('POST', '/channels', {
    type: 'sandbox',
    name: 'Crash',
    lineId: line.body.id,
    config: { secret: SECRET, apiRoot: double.url },
  });
  await call('POST', `/channels/${channel.body.id}/connect`);
  await call('POST', '/webhooks', {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hear`,
    events: ['message.created'],
  });
  // What is older than an address, by the second, is not told to it.
  await pause(1_001);
  const hook = `${url}/hooks/sandbox/${channel.body.id}`;

  let over = false;
  /** Event ids that got their 2xx, by chat, in order. */
  const acknowledged = new Map<string, string[]>();
  /** Answers that got their 2xx. */
  const accepted: { conversationId: string; id: string }[] = [];

  /** A provider: posts one event after another, the same one again until it hears 2xx. */
  const customer = async (chat: string): Promise<void> => {
    const done: string[] = [];
    acknowledged.set(chat, done);
    for (let n = 1; !over; n++) {
      const id = `${chat}-${n}`;
      const body = JSON.stringify({
        events: [
          {
            type: 'message',
            id,
            messageId: `m-${id}`,
            chat,
            from: { id: chat, name: chat },
            text: id,
          },
        ],
      });
      for (;;) {
        const status = await fetch(hook, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-sandbox-secret': SECRET },
          body,
          signal: AbortSignal.timeout(15_000),
        }).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) break;
        expect([0, 503]).toContain(status);
        await pause(50);
      }
      done.push(id);
      await pause(20 + Math.random() * 60);
    }
  };

  /** An operator's browser: sends one answer after another, the same one under its key until it hears 2xx. */
  const operator = async (chat: string): Promise<void> => {
    let conversation: ConversationView | null = null;
    for (let n = 1; !over; n++) {
      await pause(40 + Math.random() * 80);
      const found: Page<ConversationView> | null = conversation
        ? null
        : await call<Page<ConversationView>>('GET', `/conversations?q=${chat}`).then(
            (answer) => (answer.status === 200 ? answer.body : null),
            () => null,
          );
      conversation ??= found?.items[0] ?? null;
      while (conversation) {
        const answer = await call<MessageView>(
          'POST',
          `/conversations/${conversation.id}/messages`,
          {
            text: `answer ${n} to ${chat}`,
            clientId: `${chat}-answer-${n}`,
          },
        ).catch(() => null);
        if (answer && answer.status < 300) {
          accepted.push({ conversationId: conversation.id, id: answer.body.id });
          break;
        }
        if (answer) expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(500);
        await pause(50);
      }
    }
  };

  const chats = Array.from({ length: CHATS }, (_, index) => `crash${index}`);
  const people = chats.flatMap((chat) => [customer(chat), operator(chat)]);
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(200 + Math.random() * 900);
    await running.kill();
    running = await startProcess(env);
  }
  await pause(500);
  over = true;
  await Promise.all(people);

  for (const chat of chats) {
    const { body } = await call<Page<ConversationView>>('GET', `/conversations?q=${chat}`);
    expect(body.items, `conversations of ${chat}`).toHaveLength(1);
    const id = body.items[0]?.id ?? '';
    const missing = (messages: MessageView[]): string[] => {
      const texts = new Set(messages.map((message) => message.text));
      return (acknowledged.get(chat) ?? []).filter((text) => !texts.has(text));
    };
    const all = await until(
      'every accepted event to be applied',
      async () => {
        const messages = await messagesOf(id);
        return missing(messages).length === 0 ? messages : null;
      },
      60_000,
    ).catch(async () => {
      const held = await call<Page<QuarantineView>>('GET', '/quarantine');
      const lost = missing(await messagesOf(id));
      throw new Error(
        `Not applied: ${lost.join(', ')}. In quarantine: ${held.body.items.map((item) => item.reason).join('; ') || 'nothing'}. The process said: ${running.output()}`,
      );
    });
    expect(all.map((message) => message.seq)).toEqual(all.map((_, index) => index + 1));
    const incoming = all
      .filter((message) => message.direction === 'in')
      .map((message) => message.text);
    expect(incoming).toEqual(acknowledged.get(chat));
  }

  for (const chat of chats) {
    const { body } = await call<Page<ConversationView>>('GET', `/conversations?q=${chat}`);
    const ids = (await messagesOf(body.items[0]?.id ?? '')).map(({ id }) => id);
    // A call that a dead process was making is repeated when its lease has run out; what no call was queued for, within
    // the minute in which all is looked through.
    await until('every message to be told outside', () => ids.every((id) => told.has(id)), 150_000);
    for (const id of ids) expect(told.get(id)?.size, `calls of ${id}`).toBe(1);
  }

  let sent = 0;
  let uncertain = 0;
  for (const { id, conversationId } of accepted) {
    const message = await until(
      'every accepted answer to end',
      async () => {
        const found = (await messagesOf(conversationId)).find((one) => one.id === id);
        return found?.delivery && !['queued', 'sending'].includes(found.delivery.state)
          ? found
          : null;
      },
      60_000,
    );
    const state = message.delivery?.state;
    expect(['sent', 'uncertain']).toContain(state);
    const copies = double.copies(id);
    if (state === 'sent') {
      sent++;
      expect(copies, `copies of ${id}`).toBe(1);
    } else {
      uncertain++;
      expect(copies, `copies of ${id}`).toBeLessThanOrEqual(1);
    }
  }
  const events = [...acknowledged.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(JSON.stringify({ kills: KILLS, events, answers: accepted.length, sent, uncertain }));
  expect(sent).toBeGreaterThan(0);
}, 1_800_000);

async function messagesOf(conversationId: string): Promise<MessageView[]> {
  const all: MessageView[] = [];
  for (;;) {
    const { body } = await call<Page<MessageView>>(
      'GET',
      `/conversations/${conversationId}/messages?afterSeq=${all.at(-1)?.seq ?? 0}&limit=200`,
    );
    all.push(...body.items);
    if (body.nextCursor === null) return all;
  }
}
