import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../base/errors.ts';
import type { Blobs } from '../../domain/conversations/file.ts';

/** Enough for every signature, ISO 9660 and tar included. */
const HEAD_BYTES = 4100;
const KEY = /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{36}$/;

/** Blobs in a folder of this machine: two levels of 256 folders, names that tell nothing, readable by the owner only. */
export function localBlobs(folder: string): Blobs {
  const placeOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('This is not a key of a stored file.');
    return path.join(folder, key);
  };

  return {
    async put(content, maxBytes) {
      const name = randomBytes(20).toString('hex');
      const key = `${name.slice(0, 2)}/${name.slice(2, 4)}/${name.slice(4)}`;
      const place = placeOf(key);
      const unfinished = `${place}.part`;
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      const measured = measure(maxBytes);
      try {
        await pipeline(
          content,
          measured.stream,
          createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }),
        );
        await rename(unfinished, place);
        await syncFolder(path.dirname(place));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return { key, size: measured.size(), head: measured.head() };
    },

    open: (key, range) => createReadStream(placeOf(key), range),

    async remove(key) {
      await rm(placeOf(key), { force: true });
    },
  };
}

/** Counts what passes, keeps the beginning, and ends the stream with a Refusal beyond the limit. */
function measure(maxBytes: number): { stream: Transform; size(): number; head(): Buffer } {
  const head: Buffer[] = [];
  let kept = 0;
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) {
        done(
          new Refusal('too_large', `The file is larger than ${maxBytes} bytes.`, { field: 'file' }),
        );
        return;
      }
      if (kept < HEAD_BYTES) {
        // A copy: whoever sends may use its buffer again.
        const part = Buffer.from(chunk.subarray(0, HEAD_BYTES - kept));
        head.push(part);
        kept += part.length;
      }
      done(null, chunk);
    },
  });
  return { stream, size: () => size, head: () => Buffer.concat(head) };
}

/** The new name itself must survive a power cut. Windows can not open folders, and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
