import type {
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

/**
 * A BSON value as `decode` gives it. Number types stay apart: a JS number is an int32 when it is a
 * whole number of that range and a double otherwise; a whole double of int32's range is wrapped in
 * `Double`; int64 is `Long`. `undefined` stands for "missing".
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Date
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Binary
  | BSONRegExp
  | BSONSymbol
  | Code
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

/** A BSON document; the order of its keys is the order of its fields. */
export interface Doc {
  [field: string]: Value;
}

/** A value of one of BSON's four number types. */
export type Numeric = number | Double | Long | Decimal128;
