import { Long } from 'bson';
import { type Doc, encode } from '../values/index.ts';
import { HEADER_BYTES, OP_MSG, OP_REPLY, type Request } from './message.ts';

const DOCUMENT = 0x03;
const ARRAY = 0x04;

const indexNames: Buffer[] = [];
/** The head of an array's element: type byte, decimal index, NUL. */
function indexName(i: number): Buffer {
  const known = indexNames[i];
  if (known) return known;
  const name = Buffer.concat([Buffer.from([DOCUMENT]), Buffer.from(`${i}\0`)]);
  if (i < 10_000) indexNames[i] = name;
  return name;
}

/** A BSON array of documents that are BSON already. */
function rawArray(documents: readonly Uint8Array[]): Buffer {
  let size = 5;
  for (let i = 0; i < documents.length; i++)
    size += indexName(i).length + (documents[i] as Uint8Array).length;
  const out = Buffer.allocUnsafe(size);
  out.writeInt32LE(size, 0);
  let at = 4;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] as Uint8Array;
    at += indexName(i).copy(out, at);
    out.set(document, at);
    at += document.length;
  }
  out[at] = 0;
  return out;
}

/** The fields of a document as BSON, without its length and end. */
export function rawFields(doc: Doc): Buffer {
  const bytes = encode(doc);
  return bytes.subarray(4, bytes.length - 1);
}

const rawField = (type: number, name: string, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value]);

/** A BSON document of fields that are BSON already. */
function rawDocument(parts: readonly Uint8Array[]): Buffer {
  let size = 5;
  for (const part of parts) size += part.length;
  const out = Buffer.allocUnsafe(size);
  out.writeInt32LE(size, 0);
  let at = 4;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  out[at] = 0;
  return out;
}

/** The answer that carries a batch of a cursor, documents passed through as they are stored. */
export function cursorReply(
  batch: readonly Uint8Array[],
  field: 'firstBatch' | 'nextBatch',
  cursor: { id: bigint; ns: string; more?: Doc },
  rest: Doc = {},
): Buffer {
  const inside = rawDocument([
    rawField(ARRAY, field, rawArray(batch)),
    rawFields({ id: Long.fromBigInt(cursor.id), ns: cursor.ns, ...cursor.more }),
  ]);
  return rawDocument([rawField(DOCUMENT, 'cursor', inside), rawFields({ ...rest, ok: 1 })]);
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

/** The head of the message that carries an answer; the answer's document follows it. */
export function replyHead(request: Request, documentBytes: number): Buffer {
  return request.opcode === OP_MSG
    ? msgHead(request.id + 1, request.id, documentBytes)
    : queryReplyHead(request.id, documentBytes);
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
