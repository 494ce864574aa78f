import { text } from './index.ts';

/** Some browsers name a locale that `Intl` refuses (`en-US@posix`); then the machine's default is used. */
function guarded<T>(make: (locale: string | undefined) => T): T {
  try {
    return make(navigator.language);
  } catch {
    return make(undefined);
  }
}
const cache = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = JSON.stringify(options);
  let made = cache.get(key);
  if (!made) {
    made = guarded((locale) => new Intl.DateTimeFormat(locale, options));
    cache.set(key, made);
  }
  return Number.isNaN(date.getTime()) ? '' : made.format(date);
}

const dayNumber = (date: Date) =>
  Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);

/** `14:05` */
export const timeOf = (iso: string): string =>
  format({ hour: 'numeric', minute: '2-digit' }, new Date(iso));
/** Date and time in full, for titles. */
export const fullTime = (iso: string): string =>
  format({ dateStyle: 'full', timeStyle: 'short' }, new Date(iso));
/** Date and time, short. */
export const dateTime = (iso: string): string =>
  format(
    { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' },
    new Date(iso),
  );
/** `14:05` today, `Sat, 9:00` within days of it, `2 Dec` further off. */
export function nearTime(iso: string): string {
  const date = new Date(iso);
  const off = Math.abs(dayNumber(date) - dayNumber(new Date()));
  if (off === 0) return timeOf(iso);
  return off < 7
    ? format({ weekday: 'short', hour: 'numeric', minute: '2-digit' }, date)
    : format({ day: 'numeric', month: 'short' }, date);
}
/** A day or a time by somebody's own clock (`2026-12-24`, `2026-12-24T14:00`), as it stands there. */
export const wallTime = (local: string): string =>
  local.includes('T') ? dateTime(local) : dateOf(`${local}T00:00`);
/** A date, short. */
export const dateOf = (iso: string): string =>
  format({ day: 'numeric', month: 'short', year: 'numeric' }, new Date(iso));

/** `Today`, `Yesterday`, a week day, a date: for day marks. */
export function dayName(iso: string, now: number): string {
  const date = new Date(iso);
  const ago = dayNumber(new Date(now)) - dayNumber(date);
  if (ago === 0) return text.today;
  if (ago === 1) return text.yesterday;
  if (ago > 1 && ago < 7) return format({ weekday: 'long' }, date);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return format(
    { weekday: 'short', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) },
    date,
  );
}
/** For lists: the time today, then `Yesterday`, then a date. */
export function shortTime(iso: string, now: number): string {
  const date = new Date(iso);
  const ago = dayNumber(new Date(now)) - dayNumber(date);
  if (ago === 0) return timeOf(iso);
  if (ago === 1) return text.yesterday;
  if (ago > 1 && ago < 7) return format({ weekday: 'short' }, date);
  return format({ day: 'numeric', month: 'short' }, date);
}
/** `45 s`, `3 min`, `2 h 5 min`, `3 d`: how long ago. */
export function span(fromIso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(fromIso)) / 1000));
  if (seconds < 60) return `${Math.floor(seconds / 5) * 5} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} d`;
}
/** `in 3 hours`, `5 minutes ago` */
export function relative(iso: string, now: number): string {
  const minutes = Math.round((Date.parse(iso) - now) / 60_000);
  if (Number.isNaN(minutes)) return '';
  const made = guarded((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  if (Math.abs(minutes) < 60) return made.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return made.format(Math.round(minutes / 60), 'hour');
  return made.format(Math.round(minutes / 1440), 'day');
}
/** `3.4 MB` */
export function bytes(size: number | null): string {
  if (size === null) return '';
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
/** An amount of money as people write it; falls back to plain text for unknown currencies. */
export function money(amount: string, currency: string): string {
  try {
    return guarded((locale) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount)),
    );
  } catch {
    return `${amount} ${currency}`;
  }
}
/** All IANA zones this browser knows. */
export function timeZones(): string[] {
  return 'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : ['UTC'];
}
/** The reader's own zone. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
