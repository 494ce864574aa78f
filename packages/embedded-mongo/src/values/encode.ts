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
import { MongoError } from '../errors.ts';
import type { Doc, Value } from './types.ts';

// One growing buffer for the whole module: encoding is synchronous; the result is copied out.
let out = Buffer.allocUnsafe(16_384);
let at = 0;
// A buffer that one great document made wider than this is not kept.
const KEPT_BYTES = 2 * 1024 * 1024;

function need(size: number): void {
  if (at + size <= out.length) return;
  const wider = Buffer.allocUnsafe(Math.max(out.length * 2, at + size));
  out.copy(wider, 0, 0, at);
  out = wider;
}

function writeName(name: string): void {
  need(name.length * 3 + 2);
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    if (c === 0) throw new MongoError(2, 'BSON field names cannot contain a NUL character');
    if (c > 127) {
      at += out.write(name.slice(i), at, 'utf8');
      break;
    }
    out[at++] = c;
  }
  out[at++] = 0;
}

// Crossing into native code costs more than a short ASCII string is long.
const SHORT = 32;

function writeText(s: string): void {
  need(s.length * 3 + 5);
  if (s.length < SHORT && writeAscii(s)) return;
  const length = out.write(s, at + 4, 'utf8') + 1;
  out.writeInt32LE(length, at);
  at += 4 + length;
  out[at - 1] = 0;
}

/** Writes text if it is ASCII; nothing is kept of it otherwise. */
function writeAscii(s: string): boolean {
  const start = at;
  let to = at + 4;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > 127) return false;
    out[to++] = c;
  }
  out[to++] = 0;
  out.writeInt32LE(s.length + 1, start);
  at = to;
  return true;
}

function head(type: number, name: string): void {
  need(1);
  out[at++] = type;
  writeName(name);
}

function writeNumber(name: string, v: number): void {
  if ((v | 0) === v && !Object.is(v, -0)) {
    head(0x10, name);
    need(4);
    out.writeInt32LE(v, at);
    at += 4;
  } else writeDouble(name, v);
}

function writeDouble(name: string, v: number): void {
  head(0x01, name);
  need(8);
  out.writeDoubleLE(v, at);
  at += 8;
}

function write64(type: number, name: string, low: number, high: number): void {
  head(type, name);
  need(8);
  out.writeInt32LE(low, at);
  out.writeInt32LE(high, at + 4);
  at += 8;
}

function writeBytes(bytes: Uint8Array): void {
  need(bytes.length);
  out.set(bytes, at);
  at += bytes.length;
}

function writeBinary(name: string, v: Binary): void {
  const bytes = v.buffer.subarray(0, v.position);
  const old = v.sub_type === 2 ? 4 : 0;
  head(0x05, name);
  need(9);
  out.writeInt32LE(bytes.length + old, at);
  out[at + 4] = v.sub_type;
  at += 5;
  if (old) at = out.writeInt32LE(bytes.length, at);
  writeBytes(bytes);
}

function writeCode(name: string, v: Code): void {
  head(v.scope ? 0x0f : 0x0d, name);
  if (!v.scope) return writeText(v.code);
  const start = at;
  need(4);
  at += 4;
  writeText(v.code);
  writeDoc(v.scope as Doc);
  out.writeInt32LE(at - start, start);
}

function writeRegex(name: string, v: BSONRegExp): void {
  head(0x0b, name);
  writeName(v.pattern);
  writeName(v.options);
}

function writeDate(name: string, v: Date): void {
  const ms = Long.fromNumber(v.getTime());
  write64(0x09, name, ms.low, ms.high);
}

function writeArray(name: string, v: Value[]): void {
  head(0x04, name);
  const start = at;
  need(5);
  at += 4;
  for (let i = 0; i < v.length; i++) writeField(String(i), v[i] === undefined ? null : v[i]);
  close(start);
}

function close(start: number): void {
  need(1);
  out[at++] = 0;
  out.writeInt32LE(at - start, start);
}

function writeDoc(doc: Doc, names = Object.keys(doc)): void {
  const start = at;
  need(5);
  at += 4;
  for (const name of names) writeField(name, doc[name]);
  close(start);
}

type Writer = (name: string, v: never) => void;

const WRITERS = new Map<object | null, Writer>([
  [
    ObjectId.prototype,
    (name: string, v: ObjectId): void => {
      head(0x07, name);
      writeBytes(v.id);
    },
  ],
  [Date.prototype, writeDate],
  [Array.prototype, writeArray],
  [Double.prototype, (name: string, v: Double): void => writeDouble(name, v.value)],
  [Long.prototype, (name: string, v: Long): void => write64(0x12, name, v.low, v.high)],
  [
    Decimal128.prototype,
    (name: string, v: Decimal128): void => {
      head(0x13, name);
      writeBytes(v.bytes);
    },
  ],
  [Binary.prototype, writeBinary],
  [BSONRegExp.prototype, writeRegex],
  [
    BSONSymbol.prototype,
    (name: string, v: BSONSymbol): void => {
      head(0x0e, name);
      writeText(v.value);
    },
  ],
  [Code.prototype, writeCode],
  [Timestamp.prototype, (name: string, v: Timestamp): void => write64(0x11, name, v.low, v.high)],
  [MinKey.prototype, (name: string): void => head(0xff, name)],
  [MaxKey.prototype, (name: string): void => head(0x7f, name)],
]);

function writeField(name: string, v: Value): void {
  switch (typeof v) {
    case 'undefined':
      return;
    case 'string':
      head(0x02, name);
      writeText(v);
      return;
    case 'number':
      writeNumber(name, v);
      return;
    case 'boolean':
      head(0x08, name);
      need(1);
      out[at++] = v ? 1 : 0;
      return;
    default:
      writeObject(name, v);
  }
}

function writeObject(name: string, v: Value): void {
  if (v === null) return head(0x0a, name);
  const write = WRITERS.get(Object.getPrototypeOf(v) as object | null);
  if (write) return write(name, v as never);
  if (v instanceof Binary) return writeBinary(name, v);
  head(0x03, name);
  writeDoc(v as Doc);
}

/** JS moves names that are whole numbers to the front of an object; `_id` stays before them. */
function namesOf(doc: Doc): string[] {
  const names = Object.keys(doc);
  const c = names[0]?.charCodeAt(0) ?? 0;
  if (c < 48 || c > 57 || !Object.hasOwn(doc, '_id')) return names;
  return ['_id', ...names.filter((n) => n !== '_id')];
}

/**
 * Writes a document as BSON; missing (`undefined`) fields are left out.
 * @throws MongoError 2 when a field name holds a NUL character
 */
export function encode(doc: Doc): Buffer {
  at = 0;
  writeDoc(doc, namesOf(doc));
  const written = out.subarray(0, at);
  if (out.length <= KEPT_BYTES) return Buffer.from(written);
  out = Buffer.allocUnsafe(16_384);
  return written;
}
