import type { T } from './t.ts';

const DAY_MS = 86_400_000;
const format = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, options);

/** `14:05` or `2:05 PM`. */
export function clockTime(at: Date, locale: string): string {
  return format(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Days between two local dates: 0 for the same one. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(to) - day(from)) / DAY_MS);
}

/** What stands over the messages of a day. */
export function dayName(at: Date, now: Date, locale: string, t: T): string {
  const ago = daysBetween(at, now);
  if (ago === 0) return t('today');
  if (ago === 1) return t('yesterday');
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return format(locale, { weekday: 'long', day: 'numeric', month: 'long', year }).format(at);
}

/** When somebody will be back: the time, with the day when it is not today. */
export function whenBack(at: Date, now: Date, locale: string): string {
  return daysBetween(now, at) === 0
    ? clockTime(at, locale)
    : format(locale, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(at);
}

/** `1.4 MB`, `1 kB` for anything smaller. */
export function fileSize(bytes: number, locale: string): string {
  const large = bytes >= 1e6;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / 1e6 : Math.max(1, bytes / 1e3));
}
