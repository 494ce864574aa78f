import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '../../src/app/config.ts';
import { startOpenline } from '../../src/app/start.ts';
import type { Openline, StartOptions } from '../../src/app/start.ts';
import type { SessionView } from '../../src/contract/wire.ts';
import { silentLog } from './log.ts';
import { freshDatabaseUri } from './stores.ts';

/** A running product on a database and a folder of its own. */
export interface TestApp extends Openline {
  admin: { email: string; password: string };
  /** A call to `/api/v1` as the administrator (or with another personal token); answers status and body. */
  call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; body: T }>;
  /** Signs in and answers a personal token for `call`. */
  signIn(email: string, password: string): Promise<string>;
}

const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };

/** Starts the whole product in this process, with loopback providers allowed. */
export async function startTestApp(
  options: StartOptions & { config?: Partial<Config> } = {},
): Promise<TestApp> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'openline-app-'));
  const openline = await startOpenline(
    {
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      dataDir,
      mongoUri: freshDatabaseUri(),
      embeddedMemoryMb: 256,
      secretKey: 'a secret key for tests only',
      trustProxy: false,
      logLevel: 'silent',
      admin: ADMIN,
      allowPrivateProviderHosts: true,
      metricsToken: null,
      ...options.config,
    },
    { log: silentLog, ...options },
  );
  const signIn = async (email: string, password: string): Promise<string> => {
    const signedIn = await fetch(`${openline.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!signedIn.ok) throw new Error(`sign-in: ${signedIn.status} ${await signedIn.text()}`);
    const { csrf } = (await signedIn.json()) as SessionView;
    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const made = await fetch(`${openline.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
      body: JSON.stringify({ name: 'test' }),
    });
    const { token } = (await made.json()) as { token?: string };
    if (!token) throw new Error(`token: ${made.status}`);
    return token;
  };
  let adminToken: string | null = null;
  return {
    ...openline,
    admin: ADMIN,
    signIn,
    async call<T>(method: string, route: string, body?: unknown, token?: string) {
      adminToken ??= await signIn(ADMIN.email, ADMIN.password);
      const answer = await fetch(`${openline.url}/api/v1${route}`, {
        method,
        headers: {
          authorization: `Bearer ${token ?? adminToken}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
    },
    async stop() {
      await openline.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
