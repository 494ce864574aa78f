/** Lower case, accents off: what names are searched and sorted by. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').trim();
}

const words = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const digitsOf = (text: string): string => text.replace(/\D/g, '');
const reversed = (text: string): string => [...text].reverse().join('');
/** Marks a number written backwards, so that its last digits are found by prefix too. */
const BACKWARDS = '<';
const MOST_KEYS = 64;

/**
 * The texts a record is found by, each by its beginning: words of names, e-mail addresses, phone numbers from the front
 * and from the back, human numbers. At most 64.
 */
export function searchKeys(record: {
  names?: readonly string[];
  emails?: readonly string[];
  phones?: readonly string[];
  number?: number;
}): string[] {
  const keys = new Set<string>();
  if (record.number !== undefined) keys.add(String(record.number));
  for (const email of record.emails ?? []) keys.add(fold(email));
  for (const phone of record.phones ?? []) {
    const digits = digitsOf(phone);
    if (digits) keys.add(digits).add(BACKWARDS + reversed(digits));
  }
  for (const name of record.names ?? []) for (const word of words(name)) keys.add(word);
  return [...keys].slice(0, MOST_KEYS);
}

const beginning = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\<]/g, '\\$&')}`);

/** The filter for what somebody typed: every word must begin a key. Null: nothing to search by. */
export function searchFilter(q: string, field: string): Record<string, unknown> | null {
  const typed = q.trim().slice(0, 200);
  if (/^[\d\s+().#/-]+$/.test(typed)) {
    const digits = digitsOf(typed);
    if (!digits) return null;
    const front = { [field]: beginning(digits) };
    return digits.length < 3
      ? front
      : { $or: [front, { [field]: beginning(BACKWARDS + reversed(digits)) }] };
  }
  const parts = typed
    .split(/\s+/)
    .flatMap((part) => (part.includes('@') ? [fold(part)] : words(part)));
  if (parts.length === 0) return null;
  const all = parts.slice(0, 8).map((part) => ({ [field]: beginning(part) }));
  return all.length === 1 ? (all[0] ?? null) : { $and: all };
}
