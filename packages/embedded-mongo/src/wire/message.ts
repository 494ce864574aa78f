import { MongoError } from '../errors.ts';
import { decode, type Doc } from '../values/index.ts';

/** @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
export const OP_REPLY = 1;
const OP_QUERY = 2004;
export const OP_MSG = 2013;

export const HEADER_BYTES = 16;
/** The greatest message, in bytes, as `hello` announces it. */
export const MAX_MESSAGE_BYTES = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
const KNOWN_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME | EXHAUST_ALLOWED;
const REQUIRED_FLAGS = 0xffff;

/** The fields of commands that hold long lists; their documents stay BSON until they are needed. */
const LISTS = new Set(['documents', 'updates', 'deletes', 'ops']);

/** One command as it came over the wire. */
export interface Request {
  id: number;
  opcode: number;
  /** The command without its long lists. */
  body: Doc;
  /** The long lists, each entry one BSON document inside the received message. */
  lists: Map<string, Buffer[]>;
  /** The sender wants no answer. */
  silent: boolean;
}

/** Reads one whole message. @throws when it is malformed: the connection has to be closed */
export function readMessage(message: Buffer): Request {
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return readMsg(message);
  if (opcode === OP_QUERY) return readQuery(message);
  throw new MongoError(2, `unsupported wire protocol opcode ${opcode}`);
}

function readMsg(message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if (flags & REQUIRED_FLAGS & ~KNOWN_FLAGS)
    throw new MongoError(2, `unknown OP_MSG flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const lists = new Map<string, Buffer[]>();
  let body: Doc | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > end) throw new MongoError(2, 'malformed OP_MSG section');
    const section = message.subarray(at, at + size);
    if (kind === 0) body = readBody(section, lists);
    else if (kind === 1) readSequence(section, lists);
    else throw new MongoError(2, `unknown OP_MSG section kind ${kind}`);
    at += size;
  }
  if (!body) throw new MongoError(2, 'OP_MSG without a body section');
  return {
    id: message.readInt32LE(4),
    opcode: OP_MSG,
    body,
    lists,
    silent: (flags & MORE_TO_COME) !== 0,
  };
}

function readSequence(section: Buffer, lists: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  const name = section.toString('utf8', 4, nameEnd);
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length)
      throw new MongoError(2, 'malformed document sequence');
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  lists.set(name, documents);
}

/** Reads a body; a long list in it (an array of documents) is only cut up, not decoded. */
function readBody(body: Buffer, lists: Map<string, Buffer[]>): Doc {
  const names = new Set<string>();
  let cut = false;
  for (const field of fieldsOf(body)) {
    const documents =
      field.type === ARRAY && LISTS.has(field.name) ? documentsOf(field.bytes) : undefined;
    if (documents) {
      lists.set(field.name, documents);
      cut = true;
    } else names.add(field.name);
  }
  return cut ? decode(body, names) : decode(body);
}

const DOCUMENT = 0x03;
const ARRAY = 0x04;

interface RawField {
  type: number;
  name: string;
  bytes: Buffer;
}

function documentsOf(array: Buffer): Buffer[] | undefined {
  const out: Buffer[] = [];
  for (const field of fieldsOf(array)) {
    if (field.type !== DOCUMENT) return undefined;
    out.push(field.bytes);
  }
  return out;
}

const FIXED_SIZES = new Map<number, number>([
  [0x01, 8],
  [0x06, 0],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);

function sizeOf(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED_SIZES.get(type);
  if (fixed !== undefined) return fixed;
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + bytes.readInt32LE(at);
    case DOCUMENT:
    case ARRAY:
    case 0x0f:
      return bytes.readInt32LE(at);
    case 0x05:
      return 5 + bytes.readInt32LE(at);
    case 0x0b:
      return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
    case 0x0c:
      return 16 + bytes.readInt32LE(at);
    default:
      throw new MongoError(2, `unknown BSON type ${type}`);
  }
}

function* fieldsOf(document: Buffer): Generator<RawField> {
  const end = document.length - 1;
  for (let at = 4; at < end; ) {
    const type = document[at] as number;
    const nameEnd = document.indexOf(0, at + 1);
    const name = document.toString('utf8', at + 1, nameEnd);
    const size = sizeOf(document, type, nameEnd + 1);
    if (size < 0 || nameEnd + 1 + size > end) throw new MongoError(2, 'malformed BSON');
    yield { type, name, bytes: document.subarray(nameEnd + 1, nameEnd + 1 + size) };
    at = nameEnd + 1 + size;
  }
}

/** The old query message, in which drivers wrap their first `hello`. */
function readQuery(message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const ns = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  const query = decode(message.subarray(nameEnd + 9));
  const body = (query['$query'] as Doc | undefined) ?? query;
  return {
    id: message.readInt32LE(4),
    opcode: OP_QUERY,
    body: { ...body, $db: ns.split('.')[0] ?? 'admin' },
    lists: new Map(),
    silent: false,
  };
}
