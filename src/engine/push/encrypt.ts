import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushAddress } from '../../domain/operators/device.ts';
import { CURVE } from './keys.ts';

/** One record takes it all: the push services accept 4,096 bytes. */
const RECORD_SIZE = 4096;
const LAST_RECORD = Buffer.from([2]);

/**
 * Encrypts a message so that only the browser of this address can read it (RFC 8291, content coding `aes128gcm` of
 * RFC 8188). Throws when the address holds no key. `secrets`: fixed ones, for known answers.
 */
export function encryptPush(
  plain: Buffer,
  { p256dh, auth }: Pick<PushAddress, 'p256dh' | 'auth'>,
  secrets: { salt?: Buffer; privateKey?: Buffer } = {},
): Buffer {
  const salt = secrets.salt ?? randomBytes(16);
  const pair = createECDH(CURVE);
  if (secrets.privateKey) pair.setPrivateKey(secrets.privateKey);
  else pair.generateKeys();
  const theirs = Buffer.from(p256dh, 'base64url');
  const ours = pair.getPublicKey();
  const shared = pair.computeSecret(theirs);

  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const key = derive(shared, Buffer.from(auth, 'base64url'), about, 32);
  const content = derive(key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(key, salt, Buffer.from('Content-Encoding: nonce\0'), 12);

  const cipher = createCipheriv('aes-128-gcm', content, nonce);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(RECORD_SIZE);
  header.writeUInt8(ours.length, 4);
  return Buffer.concat([
    ...[salt, header, ours],
    ...[cipher.update(plain), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()],
  ]);
}

const derive = (key: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length));
