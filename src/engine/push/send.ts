import { createHash, sign } from 'node:crypto';
import { messageOf } from '../../base/errors.ts';
import type { PushAddress } from '../../domain/operators/device.ts';
import { encryptPush } from './encrypt.ts';
import type { PushKeys } from './keys.ts';
import { signingKey } from './keys.ts';

/** What is told. `tag`: a later one with the same takes the place of an earlier one. */
export interface PushNote {
  title: string;
  body: string;
  /** Where a click leads, below the inbox's address. */
  url: string;
  tag: string;
  /** How long it is worth telling, seconds. */
  ttl: number;
}

/** What a push service said of a message. */
export type PushResult =
  | { status: 'sent' }
  /** It knows the address no more. */
  | { status: 'gone' }
  | { status: 'deferred'; retryAfterMs: number | null; detail: string }
  | { status: 'refused'; detail: string };

/** What sending needs. */
export interface PushSending {
  keys: PushKeys;
  fetch: typeof fetch;
  /** Whom a push service can turn to (RFC 8292): `https:` or `mailto:`. */
  subject: string;
}

const TIMEOUT_MS = 10_000;
/** RFC 8292: at most a day. */
const SIGNED_FOR_S = 12 * 3600;

/** Sends one message to one browser (RFC 8030). Never throws. */
export async function sendPush(
  { keys, fetch, subject }: PushSending,
  address: PushAddress,
  { ttl, ...note }: PushNote,
  now: Date,
): Promise<PushResult> {
  try {
    const answer = await fetch(address.endpoint, {
      method: 'POST',
      headers: {
        authorization: `vapid t=${tokenFor(address.endpoint, keys, subject, now)}, k=${keys.publicKey}`,
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(Math.max(0, Math.round(ttl))),
        urgency: 'high',
        topic: createHash('sha256').update(note.tag).digest('base64url').slice(0, 32),
      },
      body: new Uint8Array(encryptPush(Buffer.from(JSON.stringify(note)), address)),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return resultOf(answer);
  } catch (error) {
    return { status: 'deferred', retryAfterMs: null, detail: messageOf(error) };
  }
}

const resultOf = ({ status, ok, headers }: Response): PushResult => {
  if (ok) return { status: 'sent' };
  if (status === 404 || status === 410) return { status: 'gone' };
  const detail = `The push service answered ${status}.`;
  if (status !== 429 && status < 500) return { status: 'refused', detail };
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    status: 'deferred',
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
    detail,
  };
};

/** Says who sends (RFC 8292): a token that is good for this push service only. */
const tokenFor = (endpoint: string, keys: PushKeys, subject: string, now: Date): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(now.getTime() / 1000) + SIGNED_FOR_S;
  const claims = { aud: new URL(endpoint).origin, exp, sub: subject };
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const key = { key: signingKey(keys), dsaEncoding: 'ieee-p1363' } as const;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
};
