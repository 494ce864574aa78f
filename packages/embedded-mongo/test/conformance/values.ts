import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import type { Value } from '../../src/values/index.ts';

/** Short names for BSON values, so that a row of a table fits on a line. */
export const L = (v: string | number): Long => Long.fromString(String(v));
export const D = (v: number): Double => new Double(v);
export const Dec = (v: string): Decimal128 => Decimal128.fromString(v);
export const oid = (tail: string): ObjectId => new ObjectId(tail.padStart(24, '0'));
export const date = (iso: string): Date => new Date(iso);
export const bin = (hex: string, subType = 0): Binary =>
  new Binary(Buffer.from(hex, 'hex'), subType);
export const ts = (t: number, i: number): Timestamp => new Timestamp({ t, i });
export const re = (pattern: string, options = ''): BSONRegExp => new BSONRegExp(pattern, options);
export const code = (text: string): Code => new Code(text);
export const MIN = new MinKey();
export const MAX = new MaxKey();

/** What a row expects instead of a value: a refusal with MongoDB's number. */
export class Fails {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}
export const fails = (code: number): Fails => new Fails(code);

/** What a row expects of a double that is not exact. */
export class Near {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
export const near = (value: number): Near => new Near(value);

export type Expected = Value | Fails | Near;

const MANUAL = 'https://www.mongodb.com/docs/manual/';

/** The address of a manual's page. */
export const manual = (page: string): string => `${MANUAL}${page}/`;
export const queryPage = (name: string): string => manual(`reference/operator/query/${name}`);
export const updatePage = (name: string): string => manual(`reference/operator/update/${name}`);
export const aggregationPage = (name: string): string =>
  manual(`reference/operator/aggregation/${name}`);
