import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import {
  isDate,
  isIntegral,
  isNullish,
  isNum,
  isObjectId,
  isTimestamp,
  show,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { readNamed } from './arguments.ts';
import { addUnit, diffUnit, truncUnit, type Unit, UNITS, weekdayOf } from './calendar.ts';
import { momentOf } from './moments.ts';
import type { Operator } from './types.ts';
import { zoneOrNull } from './zone.ts';

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

/**
 * `$dateAdd` and `$dateSubtract`.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateAdd/
 */
export function shift(sign: 1 | -1): Operator {
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
      const moved = new Date(
        addUnit(momentOf(date), unitOf(unit, name), sign * toNumber(amount), zone),
      );
      if (Number.isNaN(moved.getTime())) throw new MongoError(5166406, `${name} overflowed`);
      return moved;
    };
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateDiff/ */
export const $dateDiff: Operator = (arg, scope, name) => {
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
export const $dateTrunc: Operator = (arg, scope, name) => {
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
