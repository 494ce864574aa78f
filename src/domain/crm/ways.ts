import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';

/** A phone number as read from what a person typed. */
export type ReadPhone =
  | { status: 'ok'; phone: string }
  /** A national number, and nothing tells of which country. */
  | { status: 'no-country' }
  | { status: 'wrong' };

/**
 * Reads a phone number into E.164 (`+4930123456`). `country` (ISO 3166, two letters) is whose
 * national numbers are meant; null: only numbers with `+` and country code are read. Only the
 * length is judged: number plans change more often than this program.
 */
export function readPhone(text: string, country: string | null): ReadPhone {
  const typed = text.trim();
  if (typed.length > 40 || !/^[+\d\s()./\-–\u00a0\u202f]+$/.test(typed)) return { status: 'wrong' };
  if (!typed.startsWith('+') && country === null)
    return /\d{3}/.test(typed.replaceAll(/\D/g, ''))
      ? { status: 'no-country' }
      : { status: 'wrong' };
  const number = parsePhoneNumberFromString(typed, {
    ...(country === null ? {} : { defaultCountry: country as CountryCode }),
    extract: false,
  });
  return number?.isPossible() ? { status: 'ok', phone: number.number } : { status: 'wrong' };
}

/** The country that a language tag names (`de-AT` → `AT`); null: it names none. */
export function countryOf(language: string): string | null {
  try {
    const { region } = new Intl.Locale(language);
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
  } catch {
    // A tag that is none names no country.
    return null;
  }
}

// RFC 5321: 64 octets before the @, 254 in all. What stands before it is the receiving server's
// business; blanks, quotes and brackets are refused, because nobody types them on purpose.
const EMAIL =
  /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}(?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** Reads an e-mail address into lower case. Null: it is none. */
export function readEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  const sound = email.length <= 254 && EMAIL.test(email) && !/^\.|\.@|\.\./.test(email);
  return sound ? email : null;
}
