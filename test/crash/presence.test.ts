import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../../src/app/free-port.ts';
import type { AwayView, SessionView, StaffCalls, StaffEvents } from '../../src/contract/wire.ts';
import { startProcess } from '../harness/process.ts';
import { until } from '../harness/until.ts';

const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An inbox that is open, as a browser holds it: it comes back by itself when the process does. */
function openInbox(url: string, cookie: string): Socket<StaffEvents, StaffCalls> {
  const device = { key: 'device-of-the-crash-test', kind: 'browser', name: 'Chrome on Linux' };
  const socket: Socket<StaffEvents, StaffCalls> = io(`${url}/staff`, {
    ...{ transports: ['websocket'], reconnectionDelay: 200, reconnectionDelayMax: 1_000 },
    ...{ extraHeaders: { cookie }, auth: { device } },
  });
  closing.push(() => socket.disconnect());
  return socket;
}

it('a process that is killed takes nobody’s presence with it', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openline-presence-'));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = {
    ...{ DATA_DIR: dataDir, PORT: String(await freePort('127.0.0.1')) },
    ...{ OPENLINE_ADMIN_EMAIL: ADMIN.email, OPENLINE_ADMIN_PASSWORD: ADMIN.password },
  };
  let running = await startProcess(env);
  closing.push(() => running.kill());
  const { url } = running;
  const json = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${url}/api/v1/session`, {
    ...{ method: 'POST', headers: json, body: JSON.stringify(ADMIN) },
  });
  const { csrf } = (await signedIn.json()) as SessionView;
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const call = async (method: string, route: string, body?: unknown): Promise<SessionView> => {
    const answer = await fetch(`${url}/api/v1${route}`, {
      ...{ method, headers: { ...json, cookie, 'x-csrf-token': csrf } },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as SessionView;
  };
  const away = async (): Promise<AwayView | null> =>
    (await call('GET', '/session')).user.away ?? null;

  // 20 seconds of grace.
  await call('PATCH', '/settings', { disconnectMinutes: 1 / 3 });
  const inbox = openInbox(url, cookie);
  await until('the inbox', () => inbox.connected);
  await call('PUT', '/presence', { state: 'online' });

  await running.kill();
  running = await startProcess(env);
  await until('the inbox to be back', () => inbox.connected);
  const seen: (AwayView | null)[] = [];
  for (let second = 0; second < 25; second++) {
    seen.push(await away());
    await sleep(1_000);
  }
  expect(seen.filter(Boolean)).toEqual([]);
}, 120_000);
