import { MongoError } from '../errors.ts';
import {
  isIntegral,
  isNullish,
  isNum,
  show,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { readNamed } from './arguments.ts';
import { isoDayOfWeek, isoLocal, isoWeek, partsOf } from './calendar.ts';
import { momentOf } from './moments.ts';
import type { Operator } from './types.ts';
import { fromLocal, utcMillis, zoneOrNull } from './zone.ts';

const CALENDAR = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
const ISO_CALENDAR = [
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateFromParts/ */
export const $dateFromParts: Operator = (arg, scope, name) => {
  const names = [...CALENDAR, 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'timezone'];
  const parts = readNamed(arg, scope, name, [], names, { notObject: 40519, unknown: 40518 });
  const iso = parts['isoWeekYear'] !== undefined;
  if (!iso && !parts['year'])
    throw new MongoError(40516, `${name} requires either 'year' or 'isoWeekYear' to be present`);
  const mixed = iso ? ['year', 'month', 'day'] : ['isoWeek', 'isoDayOfWeek'];
  if (mixed.some((n) => parts[n])) {
    throw new MongoError(40489, `${name} does not allow mixing natural dates with ISO dates`);
  }
  const order: readonly string[] = iso ? ISO_CALENDAR : CALENDAR;
  return (env) => {
    const zone = zoneOrNull(parts['timezone']?.(env), parts['timezone'] !== undefined);
    const values: number[] = [];
    for (const [i, n] of order.entries()) {
      const given = parts[n];
      if (!given) {
        values.push(i < 3 ? 1 : 0);
        continue;
      }
      const v = given(env);
      if (isNullish(v)) return null;
      values.push(partValue(n, v));
    }
    if (!zone) return null;
    const [a = 0, b = 1, c = 1, hour = 0, minute = 0, second = 0, ms = 0] = values;
    const clock = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    const day = iso ? isoLocal(a, b, c) : utcMillis(a, b, c);
    return new Date(fromLocal(day + clock, zone));
  };
};

function partValue(name: string, v: Value): number {
  if (!isNum(v) || !isIntegral(v)) {
    throw new MongoError(
      40515,
      `'${name}' must evaluate to an integer, found ${typeName(v)} with value ${show(v)}`,
    );
  }
  const n = toNumber(v);
  const isYear = name === 'year' || name === 'isoWeekYear';
  if (isYear && (n < 1 || n > 9999)) {
    throw new MongoError(
      40523,
      `'${name}' must evaluate to an integer in the range 1 to 9999, found ${n}`,
    );
  }
  if (!isYear && (n < -32768 || n > 32767) && name !== 'millisecond' && name !== 'second') {
    throw new MongoError(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${n} is not in range`,
    );
  }
  return n;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToParts/ */
export const $dateToParts: Operator = (arg, scope, name) => {
  const { date, timezone, iso8601 } = readNamed(
    arg,
    scope,
    name,
    ['date'],
    ['timezone', 'iso8601'],
    { notObject: 40524, unknown: 40520, missing: 40522 },
  );
  return (env) => {
    const v = date?.(env);
    const zone = zoneOrNull(timezone?.(env), timezone !== undefined);
    const iso = iso8601?.(env);
    if (isNullish(v) || !zone || (iso8601 && isNullish(iso))) return null;
    if (iso !== undefined && typeof iso !== 'boolean') {
      throw new MongoError(40521, `iso8601 must evaluate to a bool, found ${typeName(iso)}`);
    }
    const utc = momentOf(v);
    const { year, month, day, ...clock } = partsOf(utc, zone);
    if (!iso) return { year, month, day, ...clock };
    const week = isoWeek(utc, zone);
    return {
      isoWeekYear: week.year,
      isoWeek: week.week,
      isoDayOfWeek: isoDayOfWeek(utc, zone),
      ...clock,
    };
  };
};
