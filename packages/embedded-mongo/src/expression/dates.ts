import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import {
  isArr,
  isDate,
  isIntegral,
  isNullish,
  isNum,
  isObjectId,
  isPlain,
  isTimestamp,
  show,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { readArguments, readNamed } from './arguments.ts';
import {
  addUnit,
  dayOfWeek,
  dayOfYear,
  diffUnit,
  isoDayOfWeek,
  isoLocal,
  isoWeek,
  partsOf,
  truncUnit,
  UNITS,
  weekdayOf,
  weekOfYear,
  type Unit,
} from './calendar.ts';
import { formatDate, parseByFormat, parseDate } from './dateFormat.ts';
import type { Env, Evaluate, Operator } from './types.ts';
import { fromLocal, utcMillis, UTC, zoneOrNull, type Zone } from './zone.ts';

/** The moment a date, timestamp or ObjectId stands for. */
export function momentOf(v: Value): number {
  if (isDate(v)) return v.getTime();
  if (isTimestamp(v)) return v.t * 1000;
  if (isObjectId(v)) return v.getTimestamp().getTime();
  throw new MongoError(16006, `can't convert from BSON type ${typeName(v)} to Date`);
}

/** An operator on a date alone or on `{ date, timezone }`. */
function part(read: (utc: number, zone: Zone) => Value): Operator {
  return (arg, scope, name) => {
    const named =
      isPlain(arg) && !Object.keys(arg)[0]?.startsWith('$') && Object.keys(arg).length > 0;
    if (!named) {
      const list = isArr(arg) ? arg : [arg];
      if (list.length !== 1) {
        throw new MongoError(
          40536,
          `${name} accepts exactly one argument if given an array, but was given ${list.length}`,
        );
      }
      const [date] = readArguments(arg, scope, name, 1, 1) as [Evaluate];
      return (env) => {
        const v = date(env);
        return isNullish(v) ? null : read(momentOf(v), UTC);
      };
    }
    const { date, timezone } = readNamed(arg, scope, name, ['date'], ['timezone'], {
      unknown: 40535,
      missing: 40539,
    });
    return (env) => {
      const v = date?.(env);
      const zone = zoneOrNull(timezone?.(env), timezone !== undefined);
      return isNullish(v) || !zone ? null : read(momentOf(v), zone);
    };
  };
}

function unitOf(v: Value, name: string): Unit {
  if (typeof v !== 'string') {
    throw new MongoError(5439013, `${name} requires 'unit' to be a string, but got ${typeName(v)}`);
  }
  if (!UNITS.has(v))
    throw new MongoError(
      9,
      `${name} parameter 'unit' value cannot be recognized as a time unit: ${v}`,
    );
  return v as Unit;
}

function startOfWeekOf(v: Value, name: string): number {
  if (v === undefined) return 0;
  const day = typeof v === 'string' ? weekdayOf(v) : undefined;
  if (day === undefined) {
    throw new MongoError(
      9,
      `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${show(v)}`,
    );
  }
  return day;
}

function shift(sign: 1 | -1): Operator {
  return (arg, scope, name) => {
    const parts = readNamed(arg, scope, name, ['startDate', 'unit', 'amount'], ['timezone'], {
      notObject: 5166400,
      unknown: 5166401,
      missing: 5166402,
    });
    return (env) => {
      const [date, unit, amount] = [parts['startDate'], parts['unit'], parts['amount']].map((e) =>
        e?.(env),
      );
      const zone = zoneOrNull(parts['timezone']?.(env), parts['timezone'] !== undefined);
      if (isNullish(date) || isNullish(unit) || isNullish(amount) || !zone) return null;
      if (!isDate(date) && !isTimestamp(date) && !isObjectId(date)) {
        throw new MongoError(5166403, `${name} requires startDate to be convertible to a date`);
      }
      if (!isNum(amount) || !isIntegral(amount)) {
        throw new MongoError(5166405, `${name} expects integer amount of time units`);
      }
      return new Date(addUnit(momentOf(date), unitOf(unit, name), sign * toNumber(amount), zone));
    };
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateDiff/ */
const $dateDiff: Operator = (arg, scope, name) => {
  const parts = readNamed(
    arg,
    scope,
    name,
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    { notObject: 5166301, unknown: 5166302, missing: 5166303 },
  );
  return (env) => {
    const [from, to, unit, week] = [
      parts['startDate'],
      parts['endDate'],
      parts['unit'],
      parts['startOfWeek'],
    ].map((e) => e?.(env));
    const zone = zoneOrNull(parts['timezone']?.(env), parts['timezone'] !== undefined);
    if (isNullish(from) || isNullish(to) || isNullish(unit) || !zone) return null;
    if (parts['startOfWeek'] && unit === 'week' && isNullish(week)) return null;
    const start = unit === 'week' ? startOfWeekOf(week, name) : 0;
    return Long.fromNumber(diffUnit(momentOf(from), momentOf(to), unitOf(unit, name), zone, start));
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateTrunc/ */
const $dateTrunc: Operator = (arg, scope, name) => {
  const parts = readNamed(
    arg,
    scope,
    name,
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    { notObject: 5439007, unknown: 5439008, missing: 5439009 },
  );
  return (env) => {
    const [date, unit, bin, week] = [
      parts['date'],
      parts['unit'],
      parts['binSize'],
      parts['startOfWeek'],
    ].map((e) => e?.(env));
    const zone = zoneOrNull(parts['timezone']?.(env), parts['timezone'] !== undefined);
    if (isNullish(date) || isNullish(unit) || !zone) return null;
    if (parts['binSize'] && isNullish(bin)) return null;
    if (parts['startOfWeek'] && unit === 'week' && isNullish(week)) return null;
    const size = bin === undefined ? 1 : isNum(bin) && isIntegral(bin) ? toNumber(bin) : Number.NaN;
    if (Number.isNaN(size))
      throw new MongoError(
        5439017,
        `${name} requires 'binSize' to be a 64-bit integer, but got value '${show(bin)}'`,
      );
    if (size <= 0)
      throw new MongoError(
        5439018,
        `${name} requires 'binSize' to be greater than 0, but got value ${size}`,
      );
    const start = unit === 'week' ? startOfWeekOf(week, name) : 0;
    return new Date(truncUnit(momentOf(date), unitOf(unit, name), size, zone, start));
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/ */
const $dateToString: Operator = (arg, scope, name) => {
  const { date, format, timezone, onNull } = readNamed(
    arg,
    scope,
    name,
    ['date'],
    ['format', 'timezone', 'onNull'],
    { notObject: 18629, unknown: 18534, missing: 18628 },
  );
  return (env) => {
    const v = date?.(env);
    const pattern = format?.(env);
    const zone = zoneOrNull(timezone?.(env), timezone !== undefined);
    if (isNullish(v)) return onNull ? onNull(env) : null;
    if (!zone || (format && isNullish(pattern))) return null;
    if (format && typeof pattern !== 'string') {
      throw new MongoError(
        18533,
        `${name} requires that 'format' be a string, found: ${typeName(pattern)} with value ${show(pattern)}`,
      );
    }
    const fallback = zone.utc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L';
    return formatDate(momentOf(v), typeof pattern === 'string' ? pattern : fallback, zone);
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateFromString/ */
const $dateFromString: Operator = (arg, scope, name) => {
  const parts = readNamed(
    arg,
    scope,
    name,
    ['dateString'],
    ['format', 'timezone', 'onError', 'onNull'],
    { notObject: 40540, unknown: 40541, missing: 40542 },
  );
  const { dateString, format, timezone, onError, onNull } = parts;
  const read = (v: Value, env: Env): Value => {
    const zone = zoneOrNull(timezone?.(env), timezone !== undefined);
    const pattern = format?.(env);
    if (!zone || (format && isNullish(pattern))) return null;
    if (format && typeof pattern !== 'string') {
      throw new MongoError(
        40684,
        `${name} requires that 'format' be a string, found: ${typeName(pattern)} with value ${show(pattern)}`,
      );
    }
    if (typeof v !== 'string') {
      throw new MongoError(
        241,
        `${name} requires that 'dateString' be a string, found: ${typeName(v)} with value ${show(v)}`,
      );
    }
    const utc =
      typeof pattern === 'string'
        ? parseByFormat(v, pattern, zone)
        : parseDate(v, zone, timezone !== undefined);
    return new Date(utc);
  };
  return (env) => {
    const v = dateString?.(env);
    if (isNullish(v)) return onNull ? onNull(env) : null;
    try {
      return read(v, env);
    } catch (e) {
      if (onError && e instanceof MongoError && e.code === 241) return onError(env);
      throw e;
    }
  };
};

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
const $dateFromParts: Operator = (arg, scope, name) => {
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
const $dateToParts: Operator = (arg, scope, name) => {
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

/** Dates. */
export const DATES: Readonly<Record<string, Operator>> = {
  $year: part((t, z) => partsOf(t, z).year),
  $month: part((t, z) => partsOf(t, z).month),
  $dayOfMonth: part((t, z) => partsOf(t, z).day),
  $hour: part((t, z) => partsOf(t, z).hour),
  $minute: part((t, z) => partsOf(t, z).minute),
  $second: part((t, z) => partsOf(t, z).second),
  $millisecond: part((t, z) => partsOf(t, z).millisecond),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part(dayOfWeek),
  $isoDayOfWeek: part(isoDayOfWeek),
  $week: part(weekOfYear),
  $isoWeek: part((t, z) => isoWeek(t, z).week),
  $isoWeekYear: part((t, z) => Long.fromNumber(isoWeek(t, z).year)),
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff,
  $dateTrunc,
  $dateToString,
  $dateFromString,
  $dateFromParts,
  $dateToParts,
};
