import { MongoError } from '../errors.ts';
import {
  dayOfWeek,
  dayOfYear,
  isoDayOfWeek,
  isoLocal,
  isoWeek,
  partsOf,
  weekOfYear,
} from './calendar.ts';
import { fromLocal, utcMillis, zoneOf, type Zone } from './zone.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

function offsetText(utc: number, zone: Zone): string {
  const minutes = Math.round(zone.offsetAt(utc) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
}

type Printer = (utc: number, zone: Zone) => string;

const PRINTERS: Readonly<Record<string, Printer>> = {
  b: (t, z) => (MONTHS[partsOf(t, z).month - 1] ?? '').slice(0, 3),
  B: (t, z) => MONTHS[partsOf(t, z).month - 1] ?? '',
  d: (t, z) => pad(partsOf(t, z).day, 2),
  G: (t, z) => pad(isoWeek(t, z).year, 4),
  H: (t, z) => pad(partsOf(t, z).hour, 2),
  j: (t, z) => pad(dayOfYear(t, z), 3),
  L: (t, z) => pad(partsOf(t, z).millisecond, 3),
  m: (t, z) => pad(partsOf(t, z).month, 2),
  M: (t, z) => pad(partsOf(t, z).minute, 2),
  S: (t, z) => pad(partsOf(t, z).second, 2),
  u: (t, z) => String(isoDayOfWeek(t, z)),
  U: (t, z) => pad(weekOfYear(t, z), 2),
  V: (t, z) => pad(isoWeek(t, z).week, 2),
  w: (t, z) => String(dayOfWeek(t, z)),
  Y: (t, z) => pad(partsOf(t, z).year, 4),
  z: offsetText,
  Z: (t, z) => String(Math.round(z.offsetAt(t) / 60_000)),
  '%': () => '%',
};

/**
 * Prints a moment.
 * @throws MongoError 18535 or 18536 for a format that cannot be used
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/#format-specifiers
 */
export function formatDate(utc: number, format: string, zone: Zone): string {
  return format.replace(/%(.?)/gs, (_whole, letter: string) => {
    if (letter === '') throw new MongoError(18535, "Unmatched '%' at end of format string");
    const print = Object.hasOwn(PRINTERS, letter) ? PRINTERS[letter] : undefined;
    if (!print)
      throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    return print(utc, zone);
  });
}

const PATTERNS: Readonly<Record<string, string>> = {
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<B>[A-Za-z]+)',
  d: '(?<d>\\d{1,2})',
  G: '(?<G>\\d{4})',
  H: '(?<H>\\d{1,2})',
  j: '(?<j>\\d{1,3})',
  L: '(?<L>\\d{1,3})',
  m: '(?<m>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  u: '(?<u>[1-7])',
  V: '(?<V>\\d{1,2})',
  Y: '(?<Y>\\d{4})',
  z: '(?<z>[+-]\\d{2}:?\\d{2}|Z)',
  Z: '(?<Z>[+-]?\\d+)',
  '%': '%',
};

const parseError = (text: string, why: string): MongoError =>
  new MongoError(241, `Error parsing date string '${text}'; ${why}`);

/**
 * Reads a date by a format.
 * @throws MongoError 241 for text that does not fit, 18536 for a format that cannot be used
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateFromString/
 */
export function parseByFormat(text: string, format: string, zone: Zone): number {
  const source = format.replace(
    /%(.?)|[\\^$.*+?()[\]{}|/]/gs,
    (whole, letter: string | undefined) => {
      if (letter === undefined) return `\\${whole}`;
      const pattern = Object.hasOwn(PATTERNS, letter) ? PATTERNS[letter] : undefined;
      if (!pattern)
        throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
      return pattern;
    },
  );
  const m = new RegExp(`^${source}$`).exec(text);
  if (!m) throw parseError(text, `the string does not match the format '${format}'`);
  const g: Record<string, string | undefined> = m.groups ?? {};
  const number = (k: string, fallback: number): number =>
    g[k] === undefined ? fallback : Number(g[k]);
  const month = g['b'] ?? g['B'];
  const named =
    month === undefined
      ? -1
      : MONTHS.findIndex((n) => n.toLowerCase().startsWith(month.toLowerCase()));
  if (month !== undefined && named < 0) throw parseError(text, 'the month is not known');
  const time = [number('H', 0), number('M', 0), number('S', 0), number('L', 0)] as const;
  const local = localOf(text, g, number, named, time);
  return atZone(local, g, zone);
}

type Time = readonly [number, number, number, number];

function localOf(
  text: string,
  g: Record<string, string | undefined>,
  number: (k: string, fallback: number) => number,
  named: number,
  time: Time,
): number {
  const clock = ((time[0] * 60 + time[1]) * 60 + time[2]) * 1000 + time[3];
  if (g['G'] !== undefined)
    return isoLocal(number('G', 1970), number('V', 1), number('u', 1)) + clock;
  if (g['Y'] === undefined)
    throw parseError(text, 'an incomplete date/time string has been found, with elements missing');
  const year = number('Y', 1970);
  if (g['j'] !== undefined) return utcMillis(year, 1, number('j', 1), ...time);
  const month = named >= 0 ? named + 1 : number('m', 1);
  const day = number('d', 1);
  if (month < 1 || month > 12 || day < 1 || day > 31)
    throw parseError(text, 'the date is not on the calendar');
  return utcMillis(year, month, day, ...time);
}

function atZone(local: number, g: Record<string, string | undefined>, zone: Zone): number {
  const z = g['z'];
  if (z !== undefined) return fromLocal(local, zoneOf(z));
  if (g['Z'] !== undefined) return local - Number(g['Z']) * 60_000;
  return fromLocal(local, zone);
}

const ISO =
  /^([+-]?\d{4,6})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)? ?(Z|[+-]\d{2}(?::?\d{2})?|[A-Z]{3,4})?$/i;

/**
 * Reads a date in ISO 8601 or a common notation near it.
 * @throws MongoError 241 when the text is no date
 */
export function parseDate(text: string, zone: Zone, zoneGiven: boolean): number {
  const m = ISO.exec(text.trim());
  if (!m) return parseLoosely(text, zone);
  const number = (i: number, fallback: number): number =>
    m[i] === undefined ? fallback : Number(m[i]);
  const month = number(2, 1);
  const day = number(3, 1);
  const hour = number(4, 0);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24) {
    throw parseError(text, 'the date is not on the calendar');
  }
  const fraction = Number((m[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = utcMillis(Number(m[1]), month, day, hour, number(5, 0), number(6, 0), fraction);
  if (m[8] === undefined) return fromLocal(local, zone);
  if (zoneGiven) {
    throw parseError(
      text,
      'you cannot pass in a date/time string with time zone information together with a timezone argument',
    );
  }
  return fromLocal(local, zoneOf(m[8].toUpperCase()));
}

function parseLoosely(text: string, zone: Zone): number {
  const cleaned = text.replace(/(\d)(st|nd|rd|th)\b/gi, '$1');
  const hasZone = /(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})\s*$/i.test(cleaned);
  const utc = Date.parse(hasZone ? cleaned : `${cleaned} UTC`);
  if (Number.isNaN(utc) || !/\d/.test(text) || !/[/\-,. ]/.test(text)) {
    throw parseError(text, 'the string is not a date');
  }
  return hasZone ? utc : fromLocal(utc, zone);
}
