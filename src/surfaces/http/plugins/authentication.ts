import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import type { Desk } from '../../../desk/desk.ts';
import {
  identifyBySignIn,
  identifyByToken,
  SESSION_COOKIE,
} from '../../../desk/people/identify.ts';
import { sameText } from '../../../desk/people/keys.ts';
import type { Principal } from '../../../domain/operators/permissions.ts';

const SESSION_SECONDS = 14 * 24 * 3600;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who a request comes from. */
export interface Identified {
  who: Principal;
  /** The sign-in behind a cookie; null for tokens. */
  signIn: { id: string; csrf: string } | null;
}

const seen = new WeakMap<FastifyRequest, Identified>();

/** Who calls, as found by `authenticate`; null before it or on public addresses. */
export function identified(request: FastifyRequest): Identified | null {
  return seen.get(request) ?? null;
}

/**
 * Finds out who calls: `Authorization: Bearer` or the session cookie. Null: nobody says who they are.
 * A token that is wrong, or a changing call with the cookie but without its `X-CSRF-Token`, is refused.
 */
async function identify(desk: Desk, request: FastifyRequest): Promise<Identified | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    const who = token ? await identifyByToken(desk, token) : null;
    if (!who) throw new Refusal('unauthenticated', 'This token is not valid.');
    return { who, signIn: null };
  }
  const key = request.cookies[SESSION_COOKIE];
  if (!key) return null;
  const found = await identifyBySignIn(desk, key);
  if (!found) return null;
  const csrf = request.headers['x-csrf-token'];
  if (
    !SAFE_METHODS.has(request.method) &&
    (typeof csrf !== 'string' || !sameText(csrf, found.signIn.csrf))
  )
    throw new Refusal('bad_csrf', 'The X-CSRF-Token header is missing or wrong.');
  return found;
}

/** The person who calls, or `unauthenticated`. Runs before the body is read. */
export async function authenticate(desk: Desk, request: FastifyRequest): Promise<Identified> {
  const found = await identify(desk, request);
  if (!found) throw new Refusal('unauthenticated', 'You are not signed in.');
  const whence = { ...found, who: { ...found.who, address: request.ip } };
  seen.set(request, whence);
  return whence;
}

/** Gives the browser its session. */
export function setSessionCookie(desk: Desk, reply: FastifyReply, key: string): void {
  reply.setCookie(SESSION_COOKIE, key, { ...cookieOptions(desk), maxAge: SESSION_SECONDS });
}

/** Takes the session from the browser. */
export function clearSessionCookie(desk: Desk, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, cookieOptions(desk));
}

const cookieOptions = (desk: Desk) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: desk.publicUrl.startsWith('https:'),
  }) as const;
