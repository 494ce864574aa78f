import { MongoError } from '../errors.ts';
import { isNullish, show, typeName, type Value } from '../values/index.ts';
import { readNamed } from './arguments.ts';
import { formatDate, parseByFormat, parseDate } from './dateFormat.ts';
import { momentOf } from './moments.ts';
import type { Env, Operator } from './types.ts';
import { zoneOrNull } from './zone.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/ */
export const $dateToString: Operator = (arg, scope, name) => {
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
export const $dateFromString: Operator = (arg, scope, name) => {
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
