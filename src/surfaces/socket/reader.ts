import type { DeviceHello } from '../../contract/wire.ts';
import type { Desk } from '../../desk/desk.ts';
import { identifyBySignIn, identifyByToken, SESSION_COOKIE } from '../../desk/people/identify.ts';
import { deviceHello } from '../../desk/people/devices.ts';
import type { Principal } from '../../domain/operators/permissions.ts';

/** How a socket proved who reads it; asked again whenever the person's rights may have changed. */
export interface Proof {
  kind: 'token' | 'signIn';
  key: string;
}

interface Handshake {
  auth: Record<string, unknown>;
  headers: { cookie?: string; origin?: string; host?: string; authorization?: string };
}

/** What the device says of itself; null: nothing that could be understood. */
export function deviceOf({ auth }: Handshake): DeviceHello | null {
  const hello = deviceHello.safeParse(auth.device);
  return hello.success ? hello.data : null;
}

/** The proof that a handshake brings: a token in `auth` or the header, or the session cookie. Null: none. */
export function proofOf({ auth, headers }: Handshake, publicUrl: string): Proof | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = typeof auth.token === 'string' ? auth.token : bearer;
  if (token) return { kind: 'token', key: token };
  // A page of another site must not read with our user's cookie, should a browser send it.
  if (headers.origin !== undefined && !sameSite(headers.origin, headers.host, publicUrl))
    return null;
  const key = headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    ?.slice(SESSION_COOKIE.length + 1);
  return key ? { kind: 'signIn', key } : null;
}

const sameSite = (origin: string, host: string | undefined, publicUrl: string): boolean => {
  if (origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
};

/** The sign-in that a proof is the key of; null: it is none. */
export async function signInOf(desk: Desk, { kind, key }: Proof): Promise<string | null> {
  if (kind === 'token') return null;
  return (await identifyBySignIn(desk, key))?.signIn.id ?? null;
}

/** Who a proof stands for now. Null: over, taken back, or the person is deactivated. */
export async function readerOf(desk: Desk, { kind, key }: Proof): Promise<Principal | null> {
  if (kind === 'token') return identifyByToken(desk, key);
  return (await identifyBySignIn(desk, key))?.who ?? null;
}
