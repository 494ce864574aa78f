import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../../test/harness/app.ts';
import type { TestApp } from '../../test/harness/app.ts';
import { silentLog } from '../../test/harness/log.ts';
import { freshDatabaseUri } from '../../test/harness/stores.ts';
import { newPassword } from './new-password.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'openline-password-'));
const place = { dataDir, mongoUri: freshDatabaseUri(), embeddedMemoryMb: 64 };
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: place });
});
afterAll(async () => {
  await app.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const signIn = (password: string): Promise<Response> =>
  fetch(`${app.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: app.admin.email, password }),
  });

it('lets in whoever is locked out, and nobody with the old password or an old session', async () => {
  type Audit = { items: { detail: string }[] };
  expect((await app.call<Audit>('GET', '/audit')).status).toBe(200);
  const before = await signIn(app.admin.password);
  const cookie = (before.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const session = () => fetch(`${app.url}/api/v1/session`, { headers: { cookie } });
  expect((await session()).status).toBe(200);
  const { name, password } = await newPassword(place, app.admin.email.toUpperCase(), silentLog);
  expect(name).toBe('Administrator');
  expect((await session()).status).toBe(401);
  expect((await signIn(app.admin.password)).status).toBe(401);
  expect((await signIn(password)).status).toBe(200);
  const { body } = await app.call<Audit>('GET', '/audit');
  expect(JSON.stringify(body)).toContain('from the terminal');
  expect(JSON.stringify(body)).not.toContain(password);
});

it('is refused for an e-mail that nobody has', async () => {
  await expect(newPassword(place, 'nobody@example.org', silentLog)).rejects.toThrow(
    'Nobody who may sign in has the e-mail nobody@example.org.',
  );
});
