import { Long } from 'bson';
import { type Doc, encode } from '../values/index.ts';
import { borrow, giveBack } from './buffers.ts';
import { OP_MSG, type Request } from './message.ts';
import {
  MSG_HEAD_BYTES,
  QUERY_REPLY_HEAD_BYTES,
  writeMsgHead,
  writeQueryReplyHead,
} from './reply.ts';

const DOCUMENT = 0x03;
const ARRAY = 0x04;

const ZERO_DIGIT = 48;
const MAX_INDEX_DIGITS = 7;
/** What an element of an array takes beside its value, at most. */
const ELEMENT_BYTES = MAX_INDEX_DIGITS + 2;
const HEAD_BYTES = Math.max(MSG_HEAD_BYTES, QUERY_REPLY_HEAD_BYTES);
/** Room for what is added at the end: the cluster's time, a write concern's error. */
const TAIL_BYTES = 512;

/**
 * An answer as it is put together: one BSON document, written in one go into the message that will
 * carry it, values that are BSON already as they are.
 */
export class Answer {
  private out: Buffer;
  private at = HEAD_BYTES + 4;
  /** Where the documents and arrays begin that are still open. */
  private readonly open: number[] = [HEAD_BYTES];
  /** How many elements the open array has. */
  private count = 0;

  /** @param bytes how long it will be, when that is known; it grows otherwise */
  constructor(bytes = 0) {
    this.out = borrow(HEAD_BYTES + bytes + TAIL_BYTES);
  }

  /** A document as an answer. */
  static of(doc: Doc): Answer {
    const encoded = encode(doc);
    const answer = new Answer(encoded.length);
    answer.addRaw(encoded.subarray(4, encoded.length - 1));
    return answer;
  }

  /** The answer that carries a batch of a cursor, documents passed through as they are stored. */
  static cursor(
    batch: readonly Uint8Array[],
    field: 'firstBatch' | 'nextBatch',
    cursor: { id: bigint; ns: string; more?: Doc },
    rest: Doc = {},
  ): Answer {
    let bytes = 0;
    for (const document of batch) bytes += document.length + ELEMENT_BYTES;
    const answer = new Answer(bytes);
    answer.begin(DOCUMENT, 'cursor');
    answer.begin(ARRAY, field);
    for (const document of batch) answer.element(DOCUMENT, document);
    answer.end();
    answer.add({ id: Long.fromBigInt(cursor.id), ns: cursor.ns, ...cursor.more });
    answer.end();
    answer.add({ ...rest, ok: 1 });
    return answer;
  }

  /** How many bytes it has so far. */
  get bytes(): number {
    return this.at - HEAD_BYTES;
  }

  /** Adds a document's fields. */
  add(fields: Doc): void {
    this.addRaw(rawFields(fields));
  }

  /** Adds fields that are BSON already. */
  addRaw(fields: Uint8Array): void {
    this.need(fields.length);
    this.out.set(fields, this.at);
    this.at += fields.length;
  }

  /** Begins an array inside it; `element` and then `end` have to follow. */
  beginArray(name: string): void {
    this.begin(ARRAY, name);
  }

  /** Adds an element to the array that was begun last. */
  element(type: number, value: Uint8Array): void {
    this.need(ELEMENT_BYTES + value.length);
    this.out[this.at++] = type;
    this.writeIndex(this.count++);
    this.out.set(value, this.at);
    this.at += value.length;
  }

  /** Ends the document or array that was begun last. */
  end(): void {
    this.need(1);
    const start = this.open.pop() as number;
    this.out[this.at++] = 0;
    this.out.writeInt32LE(this.at - start, start);
  }

  /** The whole as BSON; nothing may be added any more. It is gone with `release`. */
  document(): Buffer {
    if (this.open.length) this.end();
    return this.out.subarray(HEAD_BYTES, this.at);
  }

  /** The message that carries it; nothing may be added any more. It is gone with `release`. */
  message(request: Request): Buffer {
    const size = this.document().length;
    const wrapped = request.opcode === OP_MSG;
    const from = HEAD_BYTES - (wrapped ? MSG_HEAD_BYTES : QUERY_REPLY_HEAD_BYTES);
    if (wrapped) writeMsgHead(this.out, from, request.id + 1, request.id, size);
    else writeQueryReplyHead(this.out, from, request.id, size);
    return this.out.subarray(from, this.at);
  }

  /** Lets its memory be used for other answers. */
  release(): void {
    giveBack(this.out);
  }

  private begin(type: number, name: string): void {
    this.need(name.length + 6);
    this.out[this.at++] = type;
    this.at += this.out.write(name, this.at, 'latin1');
    this.out[this.at++] = 0;
    this.open.push(this.at);
    this.at += 4;
    this.count = 0;
  }

  private need(bytes: number): void {
    // One for each document that is still to be ended.
    const most = this.at + bytes + this.open.length;
    if (most <= this.out.length) return;
    const wider = borrow(Math.max(this.out.length * 2, most));
    this.out.copy(wider, 0, 0, this.at);
    giveBack(this.out);
    this.out = wider;
  }

  /** Writes an element's name: its index in decimal digits and a NUL. */
  private writeIndex(index: number): void {
    let digits = 1;
    for (let limit = 10; index >= limit; limit *= 10) digits++;
    const end = this.at + digits;
    for (let at = end - 1, rest = index; at >= this.at; at--) {
      this.out[at] = ZERO_DIGIT + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.out[end] = 0;
    this.at = end + 1;
  }
}

/** The fields of a document as BSON, without its length and end. */
export function rawFields(doc: Doc): Buffer {
  const bytes = encode(doc);
  return bytes.subarray(4, bytes.length - 1);
}
