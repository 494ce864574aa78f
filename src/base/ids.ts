import { randomBytes, randomUUID } from 'node:crypto';

/** A secret or public key: URL-safe text of `bytes` random bytes. */
export function randomKey(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** A random UUID. */
export function newUuid(): string {
  return randomUUID();
}
