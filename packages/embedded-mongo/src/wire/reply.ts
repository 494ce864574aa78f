import { HEADER_BYTES, OP_MSG, OP_REPLY } from './message.ts';

/** Bytes before the document of an OP_MSG with one body section. */
export const MSG_HEAD_BYTES = HEADER_BYTES + 5;
/** Bytes before the document of an OP_REPLY. */
export const QUERY_REPLY_HEAD_BYTES = HEADER_BYTES + 20;

/** The head of an OP_MSG with one body section. */
export function msgHead(id: number, responseTo: number, documentBytes: number): Buffer {
  const head = Buffer.allocUnsafe(MSG_HEAD_BYTES);
  writeMsgHead(head, 0, id, responseTo, documentBytes);
  return head;
}

/** Writes the head of an OP_MSG with one body section. */
export function writeMsgHead(
  out: Buffer,
  at: number,
  id: number,
  responseTo: number,
  documentBytes: number,
): void {
  writeHeader(out, at, id, responseTo, OP_MSG, MSG_HEAD_BYTES + documentBytes);
  out.writeInt32LE(0, at + HEADER_BYTES);
  out[at + HEADER_BYTES + 4] = 0;
}

/** Writes the head of the answer to an old query message. */
export function writeQueryReplyHead(
  out: Buffer,
  at: number,
  responseTo: number,
  documentBytes: number,
): void {
  const AWAIT_CAPABLE = 8;
  writeHeader(
    out,
    at,
    responseTo + 1,
    responseTo,
    OP_REPLY,
    QUERY_REPLY_HEAD_BYTES + documentBytes,
  );
  out.writeInt32LE(AWAIT_CAPABLE, at + HEADER_BYTES);
  out.writeBigInt64LE(0n, at + HEADER_BYTES + 4);
  out.writeInt32LE(0, at + HEADER_BYTES + 12);
  out.writeInt32LE(1, at + HEADER_BYTES + 16);
}

function writeHeader(
  out: Buffer,
  at: number,
  id: number,
  responseTo: number,
  opcode: number,
  bytes: number,
): void {
  out.writeInt32LE(bytes, at);
  out.writeInt32LE(id | 0, at + 4);
  out.writeInt32LE(responseTo, at + 8);
  out.writeInt32LE(opcode, at + 12);
}
