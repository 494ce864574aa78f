/** What can be asked for. */
export type Field = 'name' | 'phone' | 'email';
/** The fact that says whether it is known. */
export const KNOWN = { name: 'hasName', phone: 'hasPhone', email: 'hasEmail' } as const;

const MAX_NAME = 120;
/** E.164: at most 15 digits; shorter ones than 7 reach nobody from abroad. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** What a customer wrote, as the CRM keeps it (phone: E.164, e-mail: lower case); null: it is none. */
export function readField(field: Field, said: string, countryCode?: string): string | null {
  const text = said.trim();
  if (field === 'name') return nameOf(text);
  return field === 'email' ? emailOf(text) : phoneOf(text, countryCode);
}

function nameOf(text: string): string | null {
  const name = text.replace(/\s+/g, ' ');
  const sentence = /https?:|[@<>{}]|\?/.test(name);
  return name.length <= MAX_NAME && /\p{L}/u.test(name) && !sentence ? name : null;
}

/** An address anywhere in the text: people write "it is ann@example.org". */
function emailOf(text: string): string | null {
  const found = /[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[a-z\p{L}]{2,}/iu.exec(text)?.[0];
  const address = found?.replace(/\.+$/, '').toLowerCase();
  return address && address.length <= 254 && !address.includes('..') ? address : null;
}

function phoneOf(text: string, countryCode?: string): string | null {
  const found = /(?:\+|00)?\(?\d[\d\s().\-/]{4,}\d/.exec(text)?.[0];
  if (!found) return null;
  const digits = found.replace(/\D/g, '');
  const international = found.startsWith('+')
    ? digits
    : digits.startsWith('00')
      ? digits.slice(2)
      : countryCode && digits.startsWith('0')
        ? countryCode + digits.slice(1)
        : null;
  if (!international || international.startsWith('0')) return null;
  const fits = international.length >= MIN_DIGITS && international.length <= MAX_DIGITS;
  return fits ? `+${international}` : null;
}
