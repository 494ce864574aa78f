import { Temporal } from 'temporal-polyfill';
import type { HoursView, WeekDay } from '../../contract/wire.ts';

/** What the calculation needs of a line. */
export interface Schedule {
  /** IANA name. */
  timeZone: string;
  /** Empty: always open. An end at or before its start, or `24:00`, is on the next day. */
  hours: HoursView;
  /** Local dates, `2026-12-25`. An interval belongs to the day it begins on: a holiday cancels those that begin on it. */
  holidays: readonly string[];
  /** Intervals of single days by local date, in place of the weekday's and of holidays; an empty list: closed. */
  exceptions?: Readonly<Record<string, [string, string][]>>;
  /** More days off. */
  calendar?: { days: readonly { date: string }[] } | null;
}

/** Whether a line is open, and when that changes next; null: not within two years. */
export interface Opening {
  open: boolean;
  nextChange: Date | null;
}

const DAYS: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WHOLE_DAY: [string, string][] = [['00:00', '24:00']];
const HORIZON_DAYS = 731;

interface Span {
  start: number;
  end: number;
}

/**
 * Whether the line is open at an instant, by the wall clock of its zone. On the odd days of the year a time that does
 * not exist counts as the one an hour later, a time that exists twice as its first.
 */
export function openAt(line: Schedule, instant: Date): Opening {
  const always = Object.values(line.hours).every((intervals) => intervals.length === 0);
  const exceptions = line.exceptions ?? {};
  const holidays = new Set([
    ...line.holidays,
    ...(line.calendar?.days.map(({ date }) => date) ?? []),
  ]);
  if (always && holidays.size === 0 && Object.keys(exceptions).length === 0)
    return { open: true, nextChange: null };

  const at = instant.getTime();
  const today = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(line.timeZone)
    .toPlainDate();
  let openUntil: number | null = null;
  for (let offset = -1; offset <= HORIZON_DAYS; offset++) {
    const day = today.add({ days: offset });
    const date = day.toString();
    const weekday = always ? WHOLE_DAY : (line.hours[DAYS[day.dayOfWeek - 1] ?? 'mon'] ?? []);
    const intervals = exceptions[date] ?? (holidays.has(date) ? [] : weekday);
    for (const { start, end } of spansOf(intervals, day, line.timeZone)) {
      if (end <= at) continue;
      if (openUntil === null) {
        if (start > at) return { open: false, nextChange: new Date(start) };
        openUntil = end;
      } else if (start <= openUntil) {
        openUntil = Math.max(openUntil, end);
      } else {
        return { open: true, nextChange: new Date(openUntil) };
      }
    }
    // Everything of later days begins after this day's midnight.
    if (openUntil !== null && openUntil < midnightAfter(day, line.timeZone))
      return { open: true, nextChange: new Date(openUntil) };
  }
  return { open: openUntil !== null, nextChange: null };
}

/** The open spans that begin on a local day, earliest first. */
const spansOf = (
  intervals: readonly [string, string][],
  day: Temporal.PlainDate,
  timeZone: string,
): Span[] =>
  intervals
    .map(([from, to]) => {
      const nextDay = to === '24:00' || to <= from;
      return {
        start: instantOf(day, from, timeZone),
        end: instantOf(
          nextDay ? day.add({ days: 1 }) : day,
          to === '24:00' ? '00:00' : to,
          timeZone,
        ),
      };
    })
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);

const instantOf = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;

const midnightAfter = (day: Temporal.PlainDate, timeZone: string): number =>
  day.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
