import { MongoError } from '../errors.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { ARRAYS } from './arrays.ts';
import { BITS } from './bits.ts';
import { BINDING } from './binding.ts';
import { COMPARISON } from './comparison.ts';
import { CONVERSION } from './conversion.ts';
import { DATES } from './dates.ts';
import { FUNCTIONS } from './functions.ts';
import { OBJECTS } from './objects.ts';
import { REGEXES } from './regexes.ts';
import { ROUNDING } from './rounding.ts';
import { SETS } from './sets.ts';
import { STRINGS } from './strings.ts';
import { SUBSTRINGS } from './substrings.ts';
import { TOTALS } from './totals.ts';
import type { Operator } from './types.ts';

const script: Operator = (_arg, _scope, name) => {
  throw new MongoError(31264, `${name} requires server-side JavaScript, which is not enabled`);
};

const meta: Operator = (arg) => {
  throw new MongoError(40218, `query requires ${String(arg)} metadata, but it is not available`);
};

/**
 * All expression operators by name.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/
 */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  ...ARITHMETIC,
  ...ROUNDING,
  ...FUNCTIONS,
  ...BITS,
  ...ARRAYS,
  ...BINDING,
  ...COMPARISON,
  ...CONVERSION,
  ...DATES,
  ...OBJECTS,
  ...SETS,
  ...STRINGS,
  ...SUBSTRINGS,
  ...REGEXES,
  ...TOTALS,
  $function: script,
  $meta: meta,
};
