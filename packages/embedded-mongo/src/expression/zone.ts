import { MongoError } from '../errors.ts';
import { isNullish, show, typeName, type Value } from '../values/index.ts';

/** A time zone: how far local time is ahead of UTC at a moment, in milliseconds. */
export interface Zone {
  name: string;
  /** Whether this is UTC by any of its names. */
  utc: boolean;
  offsetAt(utc: number): number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const fixed = (name: string, offset: number): Zone => ({
  name,
  utc: offset === 0,
  offsetAt: () => offset,
});

/** Coordinated universal time. */
export const UTC: Zone = fixed('UTC', 0);

const zones = new Map<string, Zone>([
  ['UTC', UTC],
  ['GMT', UTC],
  ['Z', UTC],
  ['Etc/UTC', UTC],
]);

/**
 * A zone by its Olson name or its offset (`+05:30`, `+0530`, `+05`); UTC for a missing one.
 * @throws MongoError 40485 or 40517
 */
export function zoneOf(v: Value): Zone {
  if (v === undefined) return UTC;
  if (typeof v !== 'string') {
    throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(v)}`);
  }
  let zone = zones.get(v);
  if (!zone) {
    zone = offsetZone(v) ?? namedZone(v);
    zones.set(v, zone);
  }
  return zone;
}

/** As `zoneOf`, with null for an argument that is null: the operator then gives null. */
export function zoneOrNull(v: Value, given: boolean): Zone | null {
  if (!given) return UTC;
  return isNullish(v) ? null : zoneOf(v);
}

function offsetZone(v: string): Zone | undefined {
  const m = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(v);
  if (!m) return undefined;
  const offset = (Number(m[2]) * 60 + Number(m[3] ?? 0)) * MINUTE;
  return fixed(v, m[1] === '-' ? -offset : offset);
}

function namedZone(v: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    if (/^[+-]/.test(v)) throw new RangeError(v);
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: v,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: ${show(v)}`);
  }
  const known = new Map<number, number>();
  const read = (utc: number): number => {
    const p: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(utc)) p[type] = value;
    const year = p['era'] === 'BC' ? 1 - Number(p['year']) : Number(p['year']);
    const local = utcMillis(
      year,
      Number(p['month']),
      Number(p['day']),
      Number(p['hour']),
      Number(p['minute']),
      Number(p['second']),
    );
    return local - Math.floor(utc / 1000) * 1000;
  };
  return {
    name: v,
    utc: false,
    offsetAt: (utc) => {
      // Offsets change on quarter hours only.
      const quarter = Math.floor(utc / (15 * MINUTE));
      let offset = known.get(quarter);
      if (offset === undefined) {
        offset = read(quarter * 15 * MINUTE);
        if (known.size > 5000) known.clear();
        known.set(quarter, offset);
      }
      return offset;
    },
  };
}

/** Milliseconds since 1970 of a date in UTC; parts beyond their range carry over. */
export function utcMillis(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() + hour * HOUR + minute * MINUTE + second * 1000 + millisecond;
}

/** A moment's local time, as milliseconds that read like UTC. */
export const toLocal = (utc: number, zone: Zone): number => utc + zone.offsetAt(utc);

/**
 * The moment of a local time. One that occurs twice is the first; one that a change of the clocks
 * skips is moved on by as much as was skipped.
 */
export function fromLocal(local: number, zone: Zone): number {
  const before = zone.offsetAt(local - DAY);
  if (zone.offsetAt(local - before) === before) return local - before;
  const after = zone.offsetAt(local + DAY);
  if (zone.offsetAt(local - after) === after) return local - after;
  return local - before;
}
