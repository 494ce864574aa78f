import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { sameSecret } from './secret.ts';

const PREFIX = 'whsec_';

/** How far a timestamp may be from now. https://github.com/standard-webhooks/standard-webhooks */
const TOLERANCE_MS = 5 * 60_000;

/** The key in a `whsec_<base64>` secret; null when it is not one or holds fewer than 16 bytes. */
export function webhookKey(secret: string | undefined): Buffer | null {
  if (!secret?.startsWith(PREFIX)) return null;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return key.length >= 16 ? key : null;
}

/** A secret of its own from random text. */
export function newWebhookSecret(random: string): string {
  return PREFIX + Buffer.from(random).toString('base64');
}

function signature(key: Buffer, id: string, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

/**
 * The three headers of Standard Webhooks: `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body`. Throws when the secret is none.
 */
export function signWebhook(
  secret: string,
  id: string,
  at: Date,
  body: Uint8Array,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const key = webhookKey(secret);
  if (!key) throw new Error('The secret is not whsec_ followed by base64.');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature(key, id, timestamp, body)}`,
  };
}

/** Whether the request was signed with the secret within five minutes of `now`. Fails closed. */
export function verifyWebhook(
  secret: string | undefined,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  now: Date,
): boolean {
  const key = webhookKey(secret);
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (!key || typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string')
    return false;
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) * 1000 - now.getTime()) > TOLERANCE_MS) return false;
  const expected = signature(key, id, timestamp, body);
  return given
    .split(' ')
    .slice(0, 8)
    .some((one) => one.startsWith('v1,') && sameSecret(one.slice(3), expected));
}
