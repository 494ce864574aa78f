import { z } from 'zod';

/** A person's name. */
export const nameText = z
  .string('Give a name.')
  .trim()
  .min(1, 'Give a name.')
  .max(120, 'Give a name of at most 120 characters.');

/** An e-mail address, in lower case. */
export const emailText = z
  .string('Give an e-mail address.')
  .trim()
  .toLowerCase()
  .max(254, 'Give a valid e-mail address.')
  .pipe(z.email('Give a valid e-mail address.'));

/** How many open talks a person takes at most; null: no limit. */
export const maxTalksNumber = z
  .int()
  .min(1, 'Give at least 1, or null for no limit.')
  .max(1000)
  .nullable();

/**
 * What `@` names a person by, made of their name: lower-case letters, digits and dots, accents off. A name without any
 * such letter gives the first part of the e-mail.
 */
export function handleOf(name: string, email: string): string {
  const plain = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '.')
      .replace(/^\.+|\.+$/g, '')
      .slice(0, 40);
  return plain(name) || plain(email.split('@')[0] ?? '') || 'person';
}
