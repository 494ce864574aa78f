import { MongoError } from '../errors.ts';
import {
  isArr,
  isDate,
  isNullish,
  isObjectId,
  isPlain,
  isTimestamp,
  typeName,
  type Value,
} from '../values/index.ts';
import { readArguments, readNamed } from './arguments.ts';
import type { Evaluate, Operator } from './types.ts';
import { UTC, type Zone, zoneOrNull } from './zone.ts';

/** The moment a date, timestamp or ObjectId stands for. */
export function momentOf(v: Value): number {
  if (isDate(v)) return v.getTime();
  if (isTimestamp(v)) return v.t * 1000;
  if (isObjectId(v)) return v.getTimestamp().getTime();
  throw new MongoError(16006, `can't convert from BSON type ${typeName(v)} to Date`);
}

/** An operator on a date alone or on `{ date, timezone }`. */
export function part(read: (utc: number, zone: Zone) => Value): Operator {
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
