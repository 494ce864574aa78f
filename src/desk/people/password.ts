import type { ScryptOptions } from 'node:crypto';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: N=2^15, r=8, p=3 is one of the
// equal choices; it needs 32 MiB for the moment of one check.
const COST = { log2N: 15, r: 8, p: 3 };
const LENGTH = 32;

/** What a password must be: 8 to 200 characters. */
export const passwordText = z
  .string('Give a password of at least 8 characters.')
  .min(8, 'Give a password of at least 8 characters.')
  .max(200, 'Give a password of at most 200 characters.');

const derive = (password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> => {
  const options: ScryptOptions = {
    N: 2 ** cost.log2N,
    r: cost.r,
    p: cost.p,
    maxmem: 256 * 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
};

/** `scrypt$15$8$3$SALT$KEY`: the cost is stored with it, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { log2N, r, p } = COST;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether the password is the hashed one. A text that is no hash matches nothing. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [kind, log2N, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  const wanted = Buffer.from(key, 'base64url');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

let nobody: Promise<string> | undefined;

/** A hash that nothing matches, as dear to check as any: what is compared when nobody has the e-mail. */
export function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(randomBytes(32).toString('hex'));
  return nobody;
}
