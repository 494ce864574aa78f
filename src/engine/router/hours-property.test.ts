import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from './hours.ts';
import { openAt } from './hours.ts';

/**
 * The same question answered without any calendar arithmetic: the wall clock of every minute is asked of the machine's
 * own formatter, and a time of day is looked up among the minutes that there were.
 */
interface Minute {
  at: number;
  date: string;
  time: number;
}
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function minutesOf(timeZone: string, from: number, to: number): Minute[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const minutes: Minute[] = [];
  for (let at = from; at < to; at += MINUTE) {
    const part = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, value]),
    );
    minutes.push({
      at,
      date: `${part['year']}-${part['month']}-${part['day']}`,
      time: Number(part['hour']) * 60 + Number(part['minute']),
    });
  }
  return minutes;
}

const minutesIn = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Who was open in each minute, by the rule in words: from the first such time of the day to the first such time after. */
function openMinutes(line: Schedule, minutes: readonly Minute[]): Set<number> {
  const byDate = new Map<string, Minute[]>();
  for (const minute of minutes) {
    const day = byDate.get(minute.date) ?? [];
    day.push(minute);
    byDate.set(minute.date, day);
  }
  const dates = [...byDate.keys()];
  /** The first minute with this wall time; one that was jumped over is so much later as the clock jumped. */
  const instantOf = (date: string, time: number): number | null => {
    const day = byDate.get(date) ?? [];
    const exact = day.find((minute) => minute.time === time);
    if (exact) return exact.at;
    const before = lastBefore(day, time);
    if (before) return before.at + (time - before.time) * MINUTE;
    const last = byDate.get(dates[dates.indexOf(date) - 1] ?? '')?.at(-1);
    return last ? last.at + (24 * 60 - last.time + time) * MINUTE : null;
  };
  const open = new Set<number>();
  dates.forEach((date, index) => {
    const next = dates[index + 1];
    if (next === undefined) return;
    const weekday = DAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
    const holiday = line.holidays.includes(date);
    const intervals = line.exceptions?.[date] ?? (holiday ? [] : (line.hours[weekday] ?? []));
    for (const [from, to] of intervals) {
      const nextDay = to === '24:00' || to <= from;
      const start = instantOf(date, minutesIn(from));
      const end = instantOf(nextDay ? next : date, to === '24:00' ? 0 : minutesIn(to));
      if (start === null || end === null) continue;
      for (let at = start; at < end; at += MINUTE) open.add(at);
    }
  });
  return open;
}
/** The last minute before the jump over `time`. */
function lastBefore(day: readonly Minute[], time: number): Minute | undefined {
  const after = day.findIndex((minute) => minute.time > time);
  return day.at(after === -1 ? -1 : after - 1 < 0 ? day.length : after - 1);
}

/** Zones with odd habits, and a day on which each moves its clock (or does not). */
const ODD: readonly [zone: string, around: string][] = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Europe/Dublin', '2026-03-29'],
  ['Europe/Dublin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Africa/Casablanca', '2026-03-22'],
  ['Africa/Cairo', '2026-04-24'],
  ['Africa/Cairo', '2026-10-30'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['America/Santiago', '2026-09-06'],
  ['America/St_Johns', '2026-03-08'],
  ['Asia/Kathmandu', '2026-05-01'],
  ['Pacific/Chatham', '2026-04-05'],
];

const clockTime = fc
  .integer({ min: 0, max: 24 * 12 - 1 })
  .map((five) => five * 5)
  .map((minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`);
const pad = (value: number): string => String(value).padStart(2, '0');
/** Times around the hours at which clocks move are drawn as often as all others together. */
const nearJump = fc.constantFrom(
  '00:00',
  '00:30',
  '01:00',
  '01:30',
  '02:00',
  '02:15',
  '02:30',
  '03:00',
  '23:30',
);
const time = fc.oneof(clockTime, nearJump);
const interval = fc.tuple(time, fc.oneof(time, fc.constant('24:00')));
const intervals = fc.array(interval, { maxLength: 3 });

describe('opening hours, beside a count of minutes by the machine’s own clock', () => {
  it.each(ODD)('agree in %s around %s', (timeZone, around) => {
    const middle = new Date(`${around}T00:00:00Z`).getTime();
    const minutes = minutesOf(timeZone, middle - 3 * DAY, middle + 3 * DAY);
    const dates = [...new Set(minutes.map(({ date }) => date))];
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(DAYS.map((day) => [day, intervals]))),
        fc.array(fc.constantFrom(...dates), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom(...dates), intervals, { maxKeys: 2 }),
        fc.array(fc.integer({ min: -30 * 60, max: 30 * 60 }), { minLength: 6, maxLength: 6 }),
        (hours, holidays, exceptions, offsets) => {
          const none = Object.values(hours).every((list) => list.length === 0);
          const line: Schedule = {
            timeZone,
            hours: none ? { mon: [['09:00', '10:00']] } : hours,
            holidays,
            exceptions,
          };
          const expected = openMinutes(line, minutes);
          for (const offset of offsets) {
            const at = middle + offset * MINUTE;
            const answer = openAt(line, new Date(at));
            expect(answer.open).toBe(expected.has(at));
            const change = answer.nextChange?.getTime() ?? Number.POSITIVE_INFINITY;
            // Up to the next change, or the end of what was counted, nothing changes; at it, it does.
            const counted = Math.min(change, middle + 1.5 * DAY);
            for (let minute = at; minute < counted; minute += MINUTE)
              if (expected.has(minute) !== answer.open)
                throw new Error(`changes at ${new Date(minute).toISOString()} already`);
            if (change < middle + 1.5 * DAY) expect(expected.has(change)).toBe(!answer.open);
          }
        },
      ),
      { numRuns: 15, seed: 20261123 },
    );
  });
});
