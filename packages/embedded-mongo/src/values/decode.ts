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
import { setOwn } from './path.ts';
import type { Doc, Value } from './types.ts';

// Field names repeat in every document; a small table of them saves most of the string building.
const SLOTS = 4096;
const LONGEST_CACHED = 60;
const names: (string | undefined)[] = new Array<string | undefined>(SLOTS);

// One cursor for the whole module: decoding is synchronous and never re-entered.
let at = 0;

const invalid = (what: string): MongoError => new MongoError(22, `invalid BSON: ${what}`);

function nameAt(b: Buffer, start: number, end: number, hash: number): string {
  const length = end - start;
  if (length > LONGEST_CACHED) return b.toString('utf8', start, end);
  const slot = (hash ^ length) & (SLOTS - 1);
  const known = names[slot];
  if (known !== undefined && known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === b[start + i]) i++;
    if (i === length) return known;
  }
  const made = b.toString('utf8', start, end);
  if (made.length === length) names[slot] = made;
  return made;
}

function readCString(b: Buffer): string {
  const start = at;
  skipCString(b);
  return b.toString('utf8', start, at - 1);
}

function skipCString(b: Buffer): void {
  const end = b.indexOf(0, at);
  if (end < 0) throw invalid('a name without an end');
  at = end + 1;
}

function readString(b: Buffer): string {
  const length = b.readInt32LE(at);
  const start = at + 4;
  at = start + length;
  if (length < 1 || at > b.length) throw invalid('a string is longer than its document');
  return length < 24 ? shortText(b, start, at - 1) : b.toString('utf8', start, at - 1);
}

// Crossing into native code costs more than a short ASCII string is long.
function shortText(b: Buffer, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c > 127) return b.toString('utf8', start, end);
    out += String.fromCharCode(c);
  }
  return out;
}

const copyBytes = (b: Buffer, from: number, to: number): Uint8Array =>
  Uint8Array.prototype.slice.call(b, from, to);

type Reader = (b: Buffer) => Value;

function readDouble(b: Buffer): Value {
  const v = b.readDoubleLE(at);
  at += 8;
  return (v | 0) === v && !Object.is(v, -0) ? new Double(v) : v;
}

/** A length that lies must neither lead out of the document nor back into what was read. */
function checkProgress(start: number, end: number): void {
  if (at <= start || at > end) throw invalid('a value is longer than its document');
}

function readArray(b: Buffer): Value[] {
  const end = at + b.readInt32LE(at) - 1;
  if (end >= b.length) throw invalid('an array is longer than its document');
  at += 4;
  const out: Value[] = [];
  while (at < end) {
    const type = b[at++] as number;
    const start = at;
    skipCString(b);
    out.push(readValue(b, type));
    checkProgress(start, end);
  }
  at = end + 1;
  return out;
}

function readBinary(b: Buffer): Value {
  let length = b.readInt32LE(at);
  const subType = b[at + 4] as number;
  at += 5;
  if (subType === 2) {
    length = b.readInt32LE(at);
    at += 4;
  }
  const v = new Binary(copyBytes(b, at, at + length), subType);
  at += length;
  return v;
}

function readObjectId(b: Buffer): ObjectId {
  const v = new ObjectId(copyBytes(b, at, at + 12));
  at += 12;
  return v;
}

function readDate(b: Buffer): Date {
  const low = b.readUInt32LE(at);
  const high = b.readInt32LE(at + 4);
  at += 8;
  return new Date(high * 4294967296 + low);
}

function readInt32(b: Buffer): number {
  const v = b.readInt32LE(at);
  at += 4;
  return v;
}

function readLong(b: Buffer): Long {
  const v = new Long(b.readInt32LE(at), b.readInt32LE(at + 4));
  at += 8;
  return v;
}

const READERS = new Map<number, Reader>([
  [0x01, readDouble],
  [0x02, readString],
  [0x03, (b) => readDoc(b, null)],
  [0x04, readArray],
  [0x05, readBinary],
  [0x06, () => null],
  [0x07, readObjectId],
  [0x08, (b) => b[at++] === 1],
  [0x09, readDate],
  [0x0a, () => null],
  [0x0b, (b) => new BSONRegExp(readCString(b), readCString(b))],
  [0x0c, (b) => ({ $ref: readString(b), $id: readObjectId(b) })],
  [0x0d, (b) => new Code(readString(b))],
  [0x0e, (b) => new BSONSymbol(readString(b))],
  [
    0x0f,
    (b) => {
      at += 4;
      const code = readString(b);
      return new Code(code, readDoc(b, null));
    },
  ],
  [0x10, readInt32],
  [
    0x11,
    (b) => {
      const v = new Timestamp({ i: b.readUInt32LE(at), t: b.readUInt32LE(at + 4) });
      at += 8;
      return v;
    },
  ],
  [0x12, readLong],
  [
    0x13,
    (b) => {
      const v = new Decimal128(copyBytes(b, at, at + 16));
      at += 16;
      return v;
    },
  ],
  [0xff, () => new MinKey()],
  [0x7f, () => new MaxKey()],
]);

function readValue(b: Buffer, type: number): Value {
  switch (type) {
    case 0x02:
      return readString(b);
    case 0x10:
      return readInt32(b);
    case 0x03:
      return readDoc(b, null);
    default: {
      const read = READERS.get(type);
      if (!read) throw invalid(`unknown type 0x${type.toString(16)}`);
      return read(b);
    }
  }
}

function skipValue(b: Buffer, type: number): void {
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      at += 8;
      return;
    case 0x02:
    case 0x0d:
    case 0x0e:
      at += 4 + b.readInt32LE(at);
      return;
    case 0x03:
    case 0x04:
    case 0x0f:
      at += b.readInt32LE(at);
      return;
    case 0x05:
      at += 5 + b.readInt32LE(at);
      return;
    case 0x07:
      at += 12;
      return;
    case 0x08:
      at += 1;
      return;
    case 0x06:
    case 0x0a:
    case 0xff:
    case 0x7f:
      return;
    case 0x0b:
      skipCString(b);
      skipCString(b);
      return;
    case 0x0c:
      at += 16 + b.readInt32LE(at);
      return;
    case 0x10:
      at += 4;
      return;
    case 0x13:
      at += 16;
      return;
    default:
      throw invalid(`unknown type 0x${type.toString(16)}`);
  }
}

function readDoc(b: Buffer, need: ReadonlySet<string> | null): Doc {
  const end = at + b.readInt32LE(at) - 1;
  if (end >= b.length) throw invalid('a document is longer than its message');
  at += 4;
  const out: Doc = {};
  let left = need ? need.size : -1;
  while (at < end && left !== 0) {
    const type = b[at++] as number;
    const start = at;
    let hash = 0;
    for (let c = b[at] as number; c !== 0; c = b[at] as number) {
      hash = (hash * 31 + c) | 0;
      if (++at > end) throw invalid('a field name without an end');
    }
    const name = nameAt(b, start, at, hash ^ (hash >>> 12));
    at++;
    if (need && !need.has(name)) {
      skipValue(b, type);
      checkProgress(start, end);
      continue;
    }
    left--;
    const v = readValue(b, type);
    checkProgress(start, end);
    if (name === '__proto__') setOwn(out, name, v);
    else out[name] = v;
  }
  at = end + 1;
  return out;
}

/**
 * Reads a BSON document.
 * @param need only these top-level fields are read (the rest is skipped unread); default all
 * @throws MongoError 22 when the bytes are not BSON
 */
export function decode(bytes: Uint8Array, need: ReadonlySet<string> | null = null): Doc {
  if (need && need.size === 0) return {};
  const b = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  at = 0;
  try {
    return readDoc(b, need);
  } catch (e) {
    if (e instanceof MongoError) throw e;
    throw invalid(e instanceof Error ? e.message : String(e));
  }
}
