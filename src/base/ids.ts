import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

/** A secret or public key: URL-safe text of `bytes` random bytes. */
export function randomKey(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** A random UUID. */
export function newUuid(): string {
  return randomUUID();
}

/** Of this process: with the counter below, no two processes make the same id. */
const PROCESS = randomBytes(5).toString('hex');
let count = randomInt(0x1_00_00_00);

/** An id of a record that is about to be stored, as the database's own: 24 hex digits that grow with time. */
export function newRecordId(): string {
  count = (count + 1) % 0x1_00_00_00;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `${seconds.padStart(8, '0')}${PROCESS}${count.toString(16).padStart(6, '0')}`;
}

/** The record id that always is the same for the same text. */
export function recordIdOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
