import {
  type Doc,
  isArr,
  isDate,
  isNum,
  isObjectId,
  isPlain,
  isRegex,
  toNumber,
  toRegExp,
  type Value,
} from '../../values/index.ts';
import { scriptError } from './tokens.ts';

/** A stored value as a script sees it: all numbers are doubles. */
export function scriptValue(v: Value): unknown {
  if (isNum(v)) return toNumber(v);
  if (isDate(v)) return new Date(v);
  if (isRegex(v)) return toRegExp(v);
  if (isArr(v)) return v.map(scriptValue);
  if (!isPlain(v)) return v;
  return Object.fromEntries(Object.entries(v as Doc).map(([name, e]) => [name, scriptValue(e)]));
}

type Method = (self: never, args: unknown[]) => unknown;

const STRING_METHODS = [
  'charAt',
  'concat',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'match',
  'search',
  'slice',
  'split',
  'startsWith',
  'substr',
  'substring',
  'toLowerCase',
  'toString',
  'toUpperCase',
  'trim',
];
const ARRAY_METHODS = ['concat', 'includes', 'indexOf', 'join', 'lastIndexOf', 'slice'];
const NUMBER_METHODS = ['toFixed', 'toString', 'valueOf'];
const DATE_METHODS = [
  'getDate',
  'getDay',
  'getFullYear',
  'getHours',
  'getMinutes',
  'getMonth',
  'getSeconds',
  'getTime',
  'toISOString',
  'valueOf',
];

/** The named methods of a kind of value, called on it. */
function methods(prototype: object, names: readonly string[]): Record<string, Method> {
  const own = prototype as Record<string, (...args: unknown[]) => unknown>;
  return Object.fromEntries(
    names.map((name) => [name, (self: never, args: unknown[]) => own[name]?.apply(self, args)]),
  );
}

const STRING = methods(String.prototype, STRING_METHODS);
const ARRAY = methods(Array.prototype, ARRAY_METHODS);
const NUMBER = methods(Number.prototype, NUMBER_METHODS);
const DATE = methods(Date.prototype, DATE_METHODS);
const REGEX = methods(RegExp.prototype, ['test']);
const ID: Record<string, Method> = {
  toString: (self: never) => `ObjectId("${String(self)}")`,
  valueOf: (self: never) => String(self),
};

function methodsOf(v: unknown): Record<string, Method> {
  if (typeof v === 'string') return STRING;
  if (typeof v === 'number') return NUMBER;
  if (Array.isArray(v)) return ARRAY;
  if (v instanceof Date) return DATE;
  if (v instanceof RegExp) return REGEX;
  return isObjectId(v as Value) ? ID : {};
}

const named = (key: unknown): string => String(key);

/** A property: of documents their fields, of lists and text their length and elements. */
export function property(v: unknown, key: unknown): unknown {
  const name = named(key);
  if (v === undefined || v === null)
    throw scriptError(`TypeError: can't access property "${name}" of ${String(v)}`);
  if (isObjectId(v as Value)) return name === 'str' ? String(v) : undefined;
  if (typeof v === 'string' || Array.isArray(v) || isPlain(v as Value))
    return Object.hasOwn(Object(v) as object, name)
      ? (v as unknown as Record<string, unknown>)[name]
      : undefined;
  return undefined;
}

/** Calls one of the methods that scripts may call. @throws MongoError 139 */
export function callMethod(v: unknown, key: unknown, args: unknown[]): unknown {
  const name = named(key);
  if (v === undefined || v === null)
    throw scriptError(`TypeError: can't access property "${name}" of ${String(v)}`);
  const table = methodsOf(v);
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!method) throw scriptError(`TypeError: ${name} is not a function in $where`);
  return bounded(method(v as never, args));
}

const MOST_TEXT = 16 * 1024 * 1024;
const MOST_ELEMENTS = 100_000;

/** Text and lists may not grow without end: a script could double them line by line. */
export function bounded(v: unknown): unknown {
  if (typeof v === 'string' ? v.length <= MOST_TEXT : !Array.isArray(v)) return v;
  if (Array.isArray(v) && v.length <= MOST_ELEMENTS) return v;
  throw scriptError('InternalError: allocation size overflow');
}

/** Functions that scripts may call by name. */
export const FUNCTIONS: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  Boolean,
  ISODate: (text) => new Date(text === undefined ? Date.now() : String(text)),
  Number: (v) => Number(v),
  NumberInt: (v) => Number(v),
  NumberLong: (v) => Number(v),
  String: (v) => (isObjectId(v as Value) ? `ObjectId("${String(v)}")` : String(v)),
  isNaN: (v) => Number.isNaN(Number(v)),
  parseFloat: (v) => Number.parseFloat(String(v)),
  parseInt: (v, radix) => Number.parseInt(String(v), radix === undefined ? 10 : Number(radix)),
};

/** What `new` may make. */
export const CLASSES: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
  Date: (...args) => new Date(...(args as [])),
};

const MATHS = ['abs', 'ceil', 'floor', 'max', 'min', 'pow', 'round', 'sqrt', 'trunc'] as const;

/** `Math.<name>`. */
export const MATH: Readonly<Record<string, (...args: unknown[]) => unknown>> = Object.fromEntries(
  MATHS.map((name) => [
    name,
    (...args: unknown[]) => (Math[name] as (...n: number[]) => number)(...args.map(Number)),
  ]),
);
