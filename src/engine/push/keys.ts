import { createECDH, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What push services know an installation by (RFC 8292): a pair on P-256, base64url. */
export interface PushKeys {
  /** The uncompressed point; browsers subscribe with it. */
  publicKey: string;
  privateKey: string;
}

/** The curve of push messages, as `node:crypto` calls it. */
export const CURVE = 'prime256v1';

/** A new pair. */
export function makePushKeys(): PushKeys {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return {
    publicKey: pair.getPublicKey('base64url'),
    privateKey: pair.getPrivateKey('base64url'),
  };
}

/** The pair that a text holds; null: it holds none, or its halves do not belong together. */
export function readPushKeys(text: string): PushKeys | null {
  try {
    const { publicKey, privateKey } = JSON.parse(text) as Partial<PushKeys>;
    if (typeof publicKey !== 'string' || typeof privateKey !== 'string') return null;
    const pair = createECDH(CURVE);
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey('base64url') === publicKey ? { publicKey, privateKey } : null;
  } catch {
    return null;
  }
}

/** The private half for signing. */
export function signingKey({ publicKey, privateKey }: PushKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256', d: privateKey },
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33, 65).toString('base64url'),
  };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}
