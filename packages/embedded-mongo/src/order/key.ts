import { createHash } from 'node:crypto';
import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { R, rank, type Doc, type Numeric, type Value } from '../values/index.ts';
import type { Collator } from './collation.ts';
import { bytesOf } from './compare.ts';
import { numberKey } from './numberKey.ts';

/** Keys longer than this many bytes are cut and end in a hash; they are marked lossy. */
export const MAXENC = 1880;

/** The key of an empty array, which sorts below null. */
export const UNDEF: unique symbol = Symbol('undefined');

/** What one field of an index may hold. */
export type KeyPart = Value | typeof UNDEF;

/** An encoded key. `lossy`: equal bytes do not prove equal values, and order is of the prefix. */
export interface EncodedKey {
  enc: Buffer;
  lossy: boolean;
}

// One growing buffer for the module; a key is encoded in one go and copied out.
let out = Buffer.allocUnsafe(4096);
let at = 0;

function need(size: number): void {
  if (at + size <= out.length) return;
  const wider = Buffer.allocUnsafe(Math.max(out.length * 2, at + size));
  out.copy(wider, 0, 0, at);
  out = wider;
}

function byte(v: number): void {
  need(1);
  out[at++] = v;
}

function raw(bytes: Uint8Array): void {
  need(bytes.length);
  out.set(bytes, at);
  at += bytes.length;
}

/** Text ends in 00; 00 and 01 inside are written as 01 01 and 01 02. */
function text(s: string): void {
  need(s.length * 6 + 1);
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > 127) return textFrom(s.slice(i));
    if (c > 1) out[at++] = c;
    else {
      out[at++] = 1;
      out[at++] = c + 1;
    }
  }
  out[at++] = 0;
}

function textFrom(rest: string): void {
  const bytes = Buffer.from(rest, 'utf8');
  need(bytes.length * 2 + 1);
  for (const b of bytes) {
    if (b > 1) out[at++] = b;
    else {
      out[at++] = 1;
      out[at++] = b + 1;
    }
  }
  out[at++] = 0;
}

function double(v: number): void {
  need(8);
  if (Number.isNaN(v)) {
    out.fill(0, at, at + 8);
    at += 8;
    return;
  }
  out.writeDoubleBE(v === 0 ? 0 : v, at);
  if (v < 0) for (let i = 0; i < 8; i++) out[at + i] = 0xff - (out[at + i] as number);
  else out[at] = (out[at] as number) ^ 0x80;
  at += 8;
}

function uint16(v: number): void {
  need(2);
  at = out.writeUInt16BE(v, at);
}

function number(v: Numeric): void {
  if (typeof v === 'number') {
    double(v);
    uint16(0);
    return;
  }
  const parts = numberKey(v);
  double(parts.floor);
  uint16(parts.rest * 2 + (parts.tail ? 1 : 0));
  if (parts.tail) raw(parts.tail);
}

function date(v: Date): void {
  const t = v.getTime();
  need(8);
  const ms = Number.isNaN(t) ? -0x8000000000000000n : BigInt(t);
  out.writeBigInt64BE(ms, at);
  out[at] = (out[at] as number) ^ 0x80;
  at += 8;
}

function binary(v: Binary): void {
  const bytes = bytesOf(v);
  need(5);
  at = out.writeUInt32BE(bytes.length, at);
  byte(v.sub_type);
  raw(bytes);
}

function timestamp(v: Timestamp): void {
  need(8);
  at = out.writeUInt32BE(v.t, at);
  at = out.writeUInt32BE(v.i, at);
}

function doc(v: Doc, collator?: Collator): void {
  for (const name of Object.keys(v)) {
    const r = rank(v[name]);
    byte(r);
    text(name);
    body(v[name], r, collator);
  }
  byte(0);
}

function array(v: Value[], collator?: Collator): void {
  for (const e of v) value(e, collator);
  byte(0);
}

function code(v: Code, collator?: Collator): void {
  text(v.code);
  if (v.scope) value(v.scope as Doc, collator);
}

function body(v: Value, r: number, collator?: Collator): void {
  switch (r) {
    case R.NUM:
      return number(v as Numeric);
    case R.STR:
      return text(collator ? collator.key(String(v)) : String(v));
    case R.OBJ:
      return doc(v as Doc, collator);
    case R.ARR:
      return array(v as Value[], collator);
    case R.BIN:
      return binary(v as Binary);
    case R.OID:
      return raw((v as ObjectId).id);
    case R.BOOL:
      return byte(v ? 1 : 0);
    case R.DATE:
      return date(v as Date);
    case R.TS:
      return timestamp(v as Timestamp);
    case R.RE:
      text((v as BSONRegExp).pattern);
      return text((v as BSONRegExp).options);
    case R.CODE:
    case R.CODEW:
      return code(v as Code, collator);
  }
}

function value(v: KeyPart, collator?: Collator): void {
  if (v === UNDEF) return byte(R.UNDEF);
  const r = rank(v);
  byte(r);
  body(v, r, collator);
}

/**
 * The ordered key of one or several values: comparing two keys byte by byte gives the order of
 * the values (under a collation: keys are equal exactly when the values are).
 * @param dirs 1 or -1 for each value; a negative one inverts that value's bytes
 */
export function encodeKey(
  values: readonly KeyPart[],
  dirs: readonly number[],
  collator?: Collator,
): EncodedKey {
  at = 0;
  for (let i = 0; i < values.length; i++) {
    const start = at;
    value(values[i], collator);
    if ((dirs[i] ?? 1) < 0) {
      for (let k = start; k < at; k++) out[k] = 0xff - (out[k] as number);
    }
  }
  const whole = out.subarray(0, at);
  if (at <= MAXENC) return { enc: Buffer.from(whole), lossy: false };
  const hash = createHash('sha1').update(whole).digest();
  return { enc: Buffer.concat([whole.subarray(0, MAXENC), hash]), lossy: true };
}

/** A value's key as a string: equal for equal values, for use in maps and sets. */
export function keyText(v: Value, collator?: Collator): string {
  at = 0;
  value(v, collator);
  return out.toString('latin1', 0, at);
}
