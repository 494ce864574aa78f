import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import type { Doc, Numeric, Value } from './types.ts';

/**
 * The place of each BSON type in MongoDB's order of types; values of one rank are compared with
 * each other, values of different ranks by rank alone.
 * @see https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export const R = {
  MIN: 1,
  UNDEF: 5,
  NULL: 10,
  NUM: 15,
  STR: 20,
  OBJ: 25,
  ARR: 30,
  BIN: 35,
  OID: 40,
  BOOL: 45,
  DATE: 50,
  TS: 55,
  RE: 60,
  CODE: 65,
  CODEW: 70,
  MAX: 250,
} as const;

// By prototype and not by `_bsontype`: a stored document may have a field of that name.
const RANK_BY_PROTOTYPE = new Map<object | null, number>([
  [null, R.OBJ],
  [Object.prototype, R.OBJ],
  [Array.prototype, R.ARR],
  [ObjectId.prototype, R.OID],
  [Date.prototype, R.DATE],
  [Double.prototype, R.NUM],
  [Long.prototype, R.NUM],
  [Decimal128.prototype, R.NUM],
  [Binary.prototype, R.BIN],
  [BSONRegExp.prototype, R.RE],
  [BSONSymbol.prototype, R.STR],
  [Code.prototype, R.CODE],
  [Timestamp.prototype, R.TS],
  [MinKey.prototype, R.MIN],
  [MaxKey.prototype, R.MAX],
]);

/** The rank (see `R`) of a value; a missing value ranks as null. */
export function rank(v: Value): number {
  switch (typeof v) {
    case 'string':
      return R.STR;
    case 'number':
      return R.NUM;
    case 'boolean':
      return R.BOOL;
    case 'undefined':
      return R.NULL;
    default:
      return rankOfObject(v);
  }
}

function rankOfObject(v: Value): number {
  if (v === null) return R.NULL;
  const known = RANK_BY_PROTOTYPE.get(Object.getPrototypeOf(v) as object | null);
  if (known === undefined) return v instanceof Binary ? R.BIN : R.OBJ;
  return known === R.CODE && (v as Code).scope ? R.CODEW : known;
}

/** Whether a value is an array. */
export const isArr: (v: Value) => v is Value[] = Array.isArray as (v: Value) => v is Value[];

/** Whether a value is a document (and not an array, a date, or one of BSON's own types). */
export function isPlain(v: Value): v is Doc {
  return typeof v === 'object' && v !== null && rankOfObject(v) === R.OBJ;
}

/** Whether a value is a number of any of the four types. */
export const isNum = (v: Value): v is Numeric =>
  typeof v === 'number' || (typeof v === 'object' && v !== null && rankOfObject(v) === R.NUM);

export const isObjectId = (v: Value): v is ObjectId => v instanceof ObjectId;
export const isLong = (v: Value): v is Long => v instanceof Long && !(v instanceof Timestamp);
export const isDouble = (v: Value): v is Double => v instanceof Double;
export const isDecimal = (v: Value): v is Decimal128 => v instanceof Decimal128;
export const isBinary = (v: Value): v is Binary => v instanceof Binary;
export const isRegex = (v: Value): v is BSONRegExp => v instanceof BSONRegExp;
export const isTimestamp = (v: Value): v is Timestamp => v instanceof Timestamp;
export const isDate = (v: Value): v is Date => v instanceof Date;
export const isNullish = (v: Value): v is null | undefined => v === null || v === undefined;

/** Whether a value is text: a string or BSON's deprecated symbol. */
export const isText = (v: Value): v is string | BSONSymbol =>
  typeof v === 'string' || v instanceof BSONSymbol;

/** Whether a JS number stands for an int32; any other JS number stands for a double. */
export const isInt32 = (v: number): boolean => (v | 0) === v && !Object.is(v, -0);

/** The four number types, narrow to wide. */
export type NumberKind = 'int' | 'long' | 'double' | 'decimal';

/** Which of the four number types a number is of. */
export function numberKind(v: Numeric): NumberKind {
  if (typeof v === 'number') return isInt32(v) ? 'int' : 'double';
  if (v instanceof Double) return 'double';
  return v instanceof Decimal128 ? 'decimal' : 'long';
}

const NAME_BY_RANK = new Map<number, string>([
  [R.MIN, 'minKey'],
  [R.NULL, 'null'],
  [R.OBJ, 'object'],
  [R.ARR, 'array'],
  [R.BIN, 'binData'],
  [R.OID, 'objectId'],
  [R.BOOL, 'bool'],
  [R.DATE, 'date'],
  [R.TS, 'timestamp'],
  [R.RE, 'regex'],
  [R.CODE, 'javascript'],
  [R.CODEW, 'javascriptWithScope'],
  [R.MAX, 'maxKey'],
]);

/**
 * MongoDB's string alias of a value's type; `missing` when there is no value.
 * @see https://www.mongodb.com/docs/manual/reference/bson-types/
 */
export function typeName(v: Value): string {
  if (v === undefined) return 'missing';
  if (isNum(v)) return numberKind(v);
  if (typeof v === 'string') return 'string';
  if (v instanceof BSONSymbol) return 'symbol';
  return NAME_BY_RANK.get(rank(v)) ?? 'object';
}

/** The number of each type alias, as `$type` takes it. */
export const TYPE_NUMBERS: ReadonlyMap<number, string> = new Map([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);
