import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { mongo } from 'mongoose';
import { messageOf } from '../../base/errors.ts';
import type { Doc } from './documents.ts';

const { BSON } = mongo;

/**
 * A backup is one gzip stream of frames: kind (1 byte), length (4 bytes, little-endian), BSON. First a header, then each
 * collection followed by its documents, last an end frame with the SHA-256 of all bytes before it.
 */
export const KIND = { header: 1, collection: 2, document: 3, end: 4 } as const;
export const FORMAT = 'openline-backup';
export const VERSION = 1;

const PREFIX = 5;
/** MongoDB's largest document is 16 MiB; a little more is room for its own framing. */
const LARGEST = 17 * 1024 * 1024;
const READ_BYTES = 256 * 1024;
const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));

/** One frame as read; `raw` is its BSON. */
interface Frame {
  kind: number;
  raw: Buffer;
}

/** A frame's bytes; `hash` takes them in. */
export function frame(kind: number, raw: Uint8Array, hash: Hash): Buffer {
  const bytes = Buffer.allocUnsafe(PREFIX + raw.length);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt32LE(raw.length, 1);
  bytes.set(raw, PREFIX);
  hash.update(bytes);
  return bytes;
}

/** A document as BSON. */
export function toBson(doc: Doc): Uint8Array {
  return BSON.serialize(doc);
}

/** BSON → document with every number of its own kind, so that writing it again gives the same bytes. */
export function fromBson(raw: Buffer): Doc {
  return BSON.deserialize(raw, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
}

/** BSON → document of plain values, for the frames of our own. */
export function fromOwnBson(raw: Buffer): Doc {
  return BSON.deserialize(raw);
}

/** What is wrong with a file. */
export class DamagedBackup extends Error {
  constructor(file: string, what: string) {
    super(`The backup ${file} can not be used: ${what}. Nothing was changed.`);
    this.name = 'DamagedBackup';
  }
}

/** The frames of a file, from the first to the end frame; throws `DamagedBackup` where it stops being one. */
export async function* readFrames(file: string): AsyncGenerator<Frame> {
  const hash = createHash('sha256');
  let ended = false;
  for await (const { kind, raw, bytes } of splitFrames(file)) {
    if (ended) throw new DamagedBackup(file, 'something follows its end');
    if (kind === KIND.end) {
      ended = true;
      if (fromOwnBson(raw).sha256 !== hash.digest('hex')) {
        throw new DamagedBackup(file, 'its checksum does not match its content');
      }
    } else hash.update(bytes);
    yield { kind, raw };
  }
  if (!ended) throw new DamagedBackup(file, 'its end is missing');
}

async function* splitFrames(file: string): AsyncGenerator<Frame & { bytes: Buffer }> {
  const source = createReadStream(file);
  const unzipped = createGunzip({ chunkSize: READ_BYTES });
  source.on('error', (error) => unzipped.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      while (rest.length - at >= PREFIX) {
        const kind = rest.readUInt8(at);
        const length = rest.readUInt32LE(at + 1);
        if (!KINDS.has(kind) || length > LARGEST)
          throw new DamagedBackup(file, 'its content is not that of a backup');
        const next = at + PREFIX + length;
        if (rest.length < next) break;
        yield { kind, raw: rest.subarray(at + PREFIX, next), bytes: rest.subarray(at, next) };
        at = next;
      }
      rest = rest.subarray(at);
    }
  } catch (error) {
    if (error instanceof DamagedBackup) throw error;
    throw new DamagedBackup(file, messageOf(error));
  } finally {
    source.destroy();
  }
  if (rest.length > 0) throw new DamagedBackup(file, 'it ends in the middle');
}
