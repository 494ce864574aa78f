import { Long } from 'bson';
import { type Doc, encode } from '../values/index.ts';
import { HEADER_BYTES, OP_MSG, OP_REPLY, type Request } from './message.ts';

const DOCUMENT = 0x03;
const ARRAY = 0x04;

const ZERO_DIGIT = 48;
const MAX_INDEX_DIGITS = 7;

/** Writes a BSON array whose elements are BSON already, each as it comes. */
export class RawArray {
  private out: Buffer;
  private at = 4;
  private count = 0;

  /** @param bytes how long it will be at most, when that is known; it grows otherwise */
  constructor(bytes = 1024) {
    this.out = Buffer.allocUnsafe(bytes + 5);
  }

  /** How many bytes it has so far. */
  get bytes(): number {
    return this.at;
  }

  add(type: number, value: Uint8Array): void {
    const most = this.at + MAX_INDEX_DIGITS + 3 + value.length;
    if (most > this.out.length) this.grow(most);
    this.out[this.at] = type;
    this.at = this.writeIndex(this.count++, this.at + 1);
    this.out.set(value, this.at);
    this.at += value.length;
  }

  finish(): Buffer {
    this.out[this.at] = 0;
    this.out.writeInt32LE(this.at + 1, 0);
    return this.out.subarray(0, this.at + 1);
  }

  private grow(most: number): void {
    const wider = Buffer.allocUnsafe(Math.max(this.out.length * 2, most));
    this.out.copy(wider, 0, 0, this.at);
    this.out = wider;
  }

  /** Writes an element's name, its index in decimal digits and a NUL; gives where the value begins. */
  private writeIndex(index: number, from: number): number {
    let digits = 1;
    for (let limit = 10; index >= limit; limit *= 10) digits++;
    for (let at = from + digits - 1, rest = index; at >= from; at--) {
      this.out[at] = ZERO_DIGIT + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.out[from + digits] = 0;
    return from + digits + 1;
  }
}

/** A BSON array of documents that are BSON already. */
function rawArray(documents: readonly Uint8Array[]): Buffer {
  let size = 5;
  for (const document of documents) size += document.length + MAX_INDEX_DIGITS + 2;
  const array = new RawArray(size);
  for (const document of documents) array.add(DOCUMENT, document);
  return array.finish();
}

/** The fields of a document as BSON, without its length and end. */
export function rawFields(doc: Doc): Buffer {
  const bytes = encode(doc);
  return bytes.subarray(4, bytes.length - 1);
}

const NUL = Buffer.from([0]);

/** Parts that together are a BSON document of fields that are BSON already. */
function documentParts(fields: readonly Uint8Array[]): Uint8Array[] {
  const size = Buffer.allocUnsafe(4);
  size.writeInt32LE(
    fields.reduce((sum, part) => sum + part.length, 5),
    0,
  );
  return [size, ...fields, NUL];
}

const fieldHead = (type: number, name: string): Buffer => {
  const head = Buffer.from(` ${name}\0`);
  head[0] = type;
  return head;
};

/** The answer that carries a batch of a cursor, documents passed through as they are stored. */
export function cursorReply(
  batch: readonly Uint8Array[],
  field: 'firstBatch' | 'nextBatch',
  cursor: { id: bigint; ns: string; more?: Doc },
  rest: Doc = {},
): Buffer {
  const inside = documentParts([
    fieldHead(ARRAY, field),
    rawArray(batch),
    rawFields({ id: Long.fromBigInt(cursor.id), ns: cursor.ns, ...cursor.more }),
  ]);
  return Buffer.concat(
    documentParts([fieldHead(DOCUMENT, 'cursor'), ...inside, rawFields({ ...rest, ok: 1 })]),
  );
}

/** The answer that carries one long array besides `rest`. */
export function arrayReply(name: string, array: Buffer, rest: Doc = {}): Buffer {
  return Buffer.concat(
    documentParts([fieldHead(ARRAY, name), array, rawFields({ ...rest, ok: 1 })]),
  );
}

/** A document with further fields at its end. */
export function append(document: Buffer, fields: Buffer): Buffer {
  const out = Buffer.allocUnsafe(document.length + fields.length);
  document.copy(out, 0, 0, document.length - 1);
  fields.copy(out, document.length - 1);
  out[out.length - 1] = 0;
  out.writeInt32LE(out.length, 0);
  return out;
}

// Copying so much costs less than handing it to the system in pieces.
const ONE_PIECE_BYTES = 32 * 1024;

/**
 * The message that carries an answer, in the pieces in which it is best written.
 * @param document the answer; it is changed
 * @param more further fields at its end
 */
export function replyMessage(request: Request, document: Buffer, more?: Buffer): Buffer[] {
  const size = document.length + (more?.length ?? 0);
  const head =
    request.opcode === OP_MSG
      ? msgHead(request.id + 1, request.id, size)
      : queryReplyHead(request.id, size);
  document.writeInt32LE(size, 0);
  const pieces = more
    ? [head, document.subarray(0, document.length - 1), more, NUL]
    : [head, document];
  return size < ONE_PIECE_BYTES ? [Buffer.concat(pieces)] : pieces;
}

/** The head of an OP_MSG with one body section. */
export function msgHead(id: number, responseTo: number, documentBytes: number): Buffer {
  const head = header(id, responseTo, OP_MSG, HEADER_BYTES + 5, documentBytes);
  head.writeInt32LE(0, HEADER_BYTES);
  head[HEADER_BYTES + 4] = 0;
  return head;
}

function queryReplyHead(responseTo: number, documentBytes: number): Buffer {
  const AWAIT_CAPABLE = 8;
  const head = header(responseTo + 1, responseTo, OP_REPLY, HEADER_BYTES + 20, documentBytes);
  head.writeInt32LE(AWAIT_CAPABLE, HEADER_BYTES);
  head.writeBigInt64LE(0n, HEADER_BYTES + 4);
  head.writeInt32LE(0, HEADER_BYTES + 12);
  head.writeInt32LE(1, HEADER_BYTES + 16);
  return head;
}

function header(
  id: number,
  responseTo: number,
  opcode: number,
  headBytes: number,
  documentBytes: number,
): Buffer {
  const head = Buffer.allocUnsafe(headBytes);
  head.writeInt32LE(headBytes + documentBytes, 0);
  head.writeInt32LE(id | 0, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(opcode, 12);
  return head;
}
