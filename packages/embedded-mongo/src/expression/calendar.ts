import { fromLocal, toLocal, utcMillis, type Zone } from './zone.ts';

/** Units of time that date operators take. */
export type Unit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond';

/** Milliseconds of the units that always last equally long. */
const FIXED: Readonly<Partial<Record<Unit, number>>> = {
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};
const HOUR = 3_600_000;
const DAY = 86_400_000;
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { year: 12, quarter: 3, month: 1 };
const DAYS: Readonly<Partial<Record<Unit, number>>> = { week: 7, day: 1 };

export const UNITS: ReadonlySet<string> = new Set([
  ...Object.keys(FIXED),
  ...Object.keys(MONTHS),
  ...Object.keys(DAYS),
]);

/** Weekdays as `startOfWeek` names them; 0 is Sunday. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The number of a weekday by its name or its first three letters; undefined for another word. */
export function weekdayOf(name: string): number | undefined {
  const wanted = name.toLowerCase();
  const i = WEEKDAYS.findIndex((d) => d === wanted || d.slice(0, 3) === wanted);
  return i < 0 ? undefined : i;
}

interface Day {
  year: number;
  month: number;
  day: number;
}

const dayOf = (local: number): Day => {
  const d = new Date(local);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate() };
};

const daysIn = (year: number, month: number): number =>
  new Date(utcMillis(year, month + 1, 0)).getUTCDate();

/** Adds months; a day that the month does not have becomes its last. */
function addMonths(local: number, months: number): number {
  const { year, month, day } = dayOf(local);
  const total = year * 12 + (month - 1) + months;
  const y = Math.floor(total / 12);
  const m = total - y * 12 + 1;
  const rest = local - Math.floor(local / DAY) * DAY;
  return utcMillis(y, m, Math.min(day, daysIn(y, m))) + rest;
}

/**
 * Adds an amount of a unit; days and longer count in local time, so the hour stays the same.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateAdd/
 */
export function addUnit(utc: number, unit: Unit, amount: number, zone: Zone): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) return utc + amount * fixed;
  const local = toLocal(utc, zone);
  const months = MONTHS[unit];
  const moved =
    months === undefined
      ? local + amount * (DAYS[unit] ?? 1) * DAY
      : addMonths(local, amount * months);
  return fromLocal(moved, zone);
}

const dayNumber = (local: number): number => Math.floor(local / DAY);

/** Weeks that begin on a weekday, numbered; day 0 (1 January 1970) was a Thursday. */
const weekNumber = (local: number, start: number): number =>
  Math.floor((dayNumber(local) + 4 - start) / 7);

/**
 * How many boundaries of a unit lie between two moments.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateDiff/
 */
export function diffUnit(
  from: number,
  to: number,
  unit: Unit,
  zone: Zone,
  startOfWeek: number,
): number {
  const a = toLocal(from, zone);
  const b = toLocal(to, zone);
  const fixed = FIXED[unit];
  if (fixed !== undefined) {
    // Zones differ by parts of an hour; whole hours do not move these boundaries.
    const shift = (utc: number): number => utc + (zone.offsetAt(utc) % HOUR);
    return Math.floor(shift(to) / fixed) - Math.floor(shift(from) / fixed);
  }
  if (unit === 'day') return dayNumber(b) - dayNumber(a);
  if (unit === 'week') return weekNumber(b, startOfWeek) - weekNumber(a, startOfWeek);
  const months = MONTHS[unit] ?? 1;
  const count = (local: number): number => {
    const { year, month } = dayOf(local);
    return Math.floor((year * 12 + month - 1) / months);
  };
  return count(b) - count(a);
}

const REFERENCE = utcMillis(2000, 1, 1);

const floorTo = (v: number, size: number): number => Math.floor(v / size) * size;

/**
 * The beginning of the bin a moment lies in; bins are counted from 1 January 2000.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateTrunc/
 */
export function truncUnit(
  utc: number,
  unit: Unit,
  bin: number,
  zone: Zone,
  startOfWeek: number,
): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) {
    // Such bins always last equally long: the clocks' changes do not move them.
    const reference = REFERENCE - zone.offsetAt(REFERENCE);
    return reference + floorTo(utc - reference, bin * fixed);
  }
  const local = toLocal(utc, zone);
  const months = MONTHS[unit];
  if (months !== undefined) {
    const { year, month } = dayOf(local);
    const since = floorTo((year - 2000) * 12 + month - 1, bin * months);
    return fromLocal(addMonths(REFERENCE, since), zone);
  }
  // Weeks are counted from the first day of that name in 2000, a year that began on a Saturday.
  const start = unit === 'week' ? REFERENCE + ((startOfWeek + 1) % 7) * DAY : REFERENCE;
  const size = bin * (DAYS[unit] ?? 1) * DAY;
  return fromLocal(start + floorTo(local - start, size), zone);
}

/** A moment in local calendar parts. */
export interface Parts extends Day {
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

export function partsOf(utc: number, zone: Zone): Parts {
  const d = new Date(toLocal(utc, zone));
  return {
    ...dayOf(d.getTime()),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    millisecond: d.getUTCMilliseconds(),
  };
}

/** 1 for 1 January. */
export function dayOfYear(utc: number, zone: Zone): number {
  const { year, month, day } = partsOf(utc, zone);
  return (utcMillis(year, month, day) - utcMillis(year, 1, 1)) / DAY + 1;
}

/** 1 for Sunday. */
export const dayOfWeek = (utc: number, zone: Zone): number =>
  new Date(toLocal(utc, zone)).getUTCDay() + 1;

/** 1 for Monday. */
export const isoDayOfWeek = (utc: number, zone: Zone): number =>
  ((dayOfWeek(utc, zone) + 5) % 7) + 1;

/** The week of the year, 0 before the first Sunday. */
export const weekOfYear = (utc: number, zone: Zone): number =>
  Math.floor((dayOfYear(utc, zone) - dayOfWeek(utc, zone) + 7) / 7);

/** ISO 8601's week and the year it belongs to. */
export function isoWeek(utc: number, zone: Zone): { week: number; year: number } {
  const local = toLocal(utc, zone);
  const thursday = local + (4 - isoDayOfWeek(utc, zone)) * DAY;
  const { year } = dayOf(thursday);
  const first = utcMillis(year, 1, 1);
  return { week: Math.floor((dayNumber(thursday) - dayNumber(first)) / 7) + 1, year };
}

/** The local day of an ISO week date; weeks and days beyond their range carry over. */
export function isoLocal(year: number, week: number, day: number): number {
  const fourth = utcMillis(year, 1, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
  return monday + ((week - 1) * 7 + day - 1) * DAY;
}
