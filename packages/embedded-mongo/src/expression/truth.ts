import { isNum, toNumber, type Value } from '../values/index.ts';

/** MongoDB's truth: all but false, null, missing and zero. */
export const truthy = (v: Value): boolean =>
  !(v === undefined || v === null || v === false || (isNum(v) && toNumber(v) === 0));
