import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import type { ECDH } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a browser read of a push message. */
export interface Pushed {
  /** Which subscription. */
  name: string;
  title: string;
  body: string;
  url: string;
  tag: string;
  ttl: number;
  topic: string | undefined;
}

/** A push service and the browsers behind it, on loopback: takes messages as RFC 8030 says and reads them as RFC 8291 says. */
export interface PushService {
  origin: string;
  /** A browser's subscription, as `PushSubscription.toJSON()` gives it. */
  subscribe(name: string): { endpoint: string; keys: { p256dh: string; auth: string } };
  /** What came, oldest first. */
  pushed: Pushed[];
  /** The next answers, before 201 again. */
  answers: { status: number; headers?: Record<string, string> }[];
  requests: number;
  close(): Promise<void>;
}

interface Browser {
  pair: ECDH;
  auth: Buffer;
}

/** Starts it. `publicKey`: of the sender that subscriptions are for; messages of others get 403. */
export async function startPushService(publicKey: string): Promise<PushService> {
  const browsers = new Map<string, Browser>();
  const pushed: Pushed[] = [];
  const answers: PushService['answers'] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<{ status: number; headers?: Record<string, string> }> => {
      service.requests++;
      const bytes = await buffer(request);
      const next = answers.shift();
      if (next) return next;
      const name = decodeURIComponent((request.url ?? '').slice('/to/'.length));
      const browser = browsers.get(name);
      if (!browser) return { status: 404 };
      if (!isFrom(request, publicKey, service.origin)) return { status: 403 };
      const note = JSON.parse(decrypt(bytes, browser).toString()) as Omit<Pushed, 'name'>;
      const { ttl, topic } = request.headers;
      pushed.push({ ...note, name, ttl: Number(ttl), topic: topic as string | undefined });
      return { status: 201 };
    };
    answer().then(
      ({ status, headers = {} }) => response.writeHead(status, headers).end(),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: PushService = {
    ...{ pushed, answers, requests: 0 },
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscribe(name) {
      const pair = createECDH('prime256v1');
      pair.generateKeys();
      const auth = randomBytes(16);
      browsers.set(name, { pair, auth });
      return {
        endpoint: `${service.origin}/to/${encodeURIComponent(name)}`,
        keys: { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return service;
}

/** RFC 8291 §4 from the browser's side. */
function decrypt(bytes: Buffer, { pair, auth }: Browser): Buffer {
  const salt = bytes.subarray(0, 16);
  const keyLength = bytes.readUInt8(20);
  const sender = bytes.subarray(21, 21 + keyLength);
  const sealed = bytes.subarray(21 + keyLength);
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const shared = pair.computeSecret(sender);
  const input = Buffer.from(hkdfSync('sha256', shared, auth, about, 32));
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${what}\0`, length));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0) throw new Error('The record has no end.');
  return padded.subarray(0, end);
}

/** RFC 8292 from the service's side: signed by the key of the subscription, for this service, not for long. */
function isFrom({ headers }: IncomingMessage, publicKey: string, origin: string): boolean {
  const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url') },
    y: point.subarray(33).toString('base64url'),
  };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    aud: string;
    exp: number;
    sub: string;
  };
  return signed && key === publicKey && aud === origin && exp > 0 && /^(https|mailto):/.test(sub);
}
