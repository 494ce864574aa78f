import { text } from './index.ts';

/** A time to come that people often mean. */
export interface Preset {
  label: string;
  at: Date;
}

const MORNING = 9;
const HOUR_MS = 3_600_000;

/** Nine in the morning, so many days from `now`, by the reader's clock. */
const morning = (now: Date, days: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);

/** Times to put something off to: soon, this evening while that is ahead, tomorrow, next week. */
export function presets(now: Date): Preset[] {
  const words = text.when;
  const evening = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 18);
  // Sunday is 0: the next Monday is one to seven days ahead.
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { label: words.hour, at: new Date(now.getTime() + HOUR_MS) },
    ...(evening.getTime() - now.getTime() > 2 * HOUR_MS
      ? [{ label: words.evening, at: evening }]
      : []),
    { label: words.tomorrow, at: morning(now, 1) },
    ...(toMonday > 1 ? [{ label: words.monday, at: morning(now, toMonday) }] : []),
  ];
}

/** The value of an input for date and time, in the reader's zone: `2026-11-23T09:00`. */
export function inputTime(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `0:45`, `12:05`, `1:02:03`: what is left; never below nothing. */
export function countdown(untilIso: string, now: number): string {
  const left = Math.max(0, Math.ceil((Date.parse(untilIso) - now) / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(left / 3600);
  const minutes = Math.floor((left % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
}
