import { MongoError } from '../errors.ts';
import { damageOf } from '../kv/file-check.ts';
import { DATA_FILE } from '../kv/lmdb.ts';
import type { Doc, Value } from '../values/index.ts';

/** Errors that are no refusals but faults of this program; told to whoever keeps the log. */
let onFault: (error: unknown) => void = () => undefined;

/** Says who hears of faults. */
export function reportFaultsTo(listener: (error: unknown) => void): void {
  onFault = listener;
}

/** An error as the answer to a command. */
export function errorDocument(error: unknown): Doc {
  if (error instanceof MongoError) {
    return {
      ok: 0,
      errmsg: error.message,
      code: error.code,
      codeName: error.codeName,
      ...(error.extra as Record<string, Value>),
    };
  }
  onFault(error);
  const damage = damageOf(error, DATA_FILE);
  if (damage) return errorDocument(new MongoError(285, damage.message));
  const message = error instanceof Error ? error.message : String(error);
  return { ok: 0, errmsg: message, code: 8, codeName: 'UnknownError' };
}

/** An error as an entry of `writeErrors`. */
export function writeError(error: unknown, index: number): Doc {
  const { code, errmsg, errInfo, keyPattern, keyValue } = errorDocument(error);
  return {
    index,
    code,
    ...(keyPattern === undefined ? {} : { keyPattern, keyValue }),
    ...(errInfo === undefined ? {} : { errInfo }),
    errmsg,
  };
}
