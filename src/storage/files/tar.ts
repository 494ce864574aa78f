import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const BLOCK = 512;
/** Eleven octal digits. */
const LARGEST = 8 ** 11 - 1;

/** A file to put into an archive: bytes, or where they lie. */
export interface TarEntry {
  /** At most 100 ASCII characters. */
  name: string;
  content: Buffer | { file: string };
}

/** What an archive is not, in a sentence. */
export class DamagedArchive extends Error {}

/**
 * The bytes of a tar archive (POSIX ustar, which every tar reads) with these entries, one after another as they come.
 * A file that is gone when its turn comes is left out.
 */
export async function* packTar(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): AsyncGenerator<Buffer> {
  for await (const { name, content } of entries) {
    const size = Buffer.isBuffer(content) ? content.length : await sizeOf(content.file);
    if (size === null) continue;
    yield headerOf(name, size);
    if (Buffer.isBuffer(content)) yield content;
    else yield* exactly(content.file, size);
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/**
 * Unpacks an archive of ours below `folder`. Names that `expected` does not know are refused before anything is written
 * for them, so an archive can not reach outside.
 */
export async function unpackTar(
  file: string,
  folder: string,
  expected: (name: string) => boolean,
): Promise<{ names: string[] }> {
  const handle = await open(file);
  const names: string[] = [];
  try {
    const { size: whole } = await handle.stat();
    const header = Buffer.alloc(BLOCK);
    for (let at = 0; ; ) {
      const { bytesRead } = await handle.read(header, 0, BLOCK, at);
      if (bytesRead < BLOCK) throw new DamagedArchive('it ends too early');
      if (header.every((byte) => byte === 0)) return { names };
      const { name, size } = readHeader(header);
      if (!expected(name)) throw new DamagedArchive(`"${name}" does not belong into it`);
      at += BLOCK;
      if (at + size > whole) throw new DamagedArchive('it ends too early');
      const target = path.join(folder, name);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const content =
        size === 0 ? Readable.from([]) : createReadStream(file, { start: at, end: at + size - 1 });
      await pipeline(content, createWriteStream(target, { mode: 0o600, flush: true }));
      names.push(name);
      at += Math.ceil(size / BLOCK) * BLOCK;
    }
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A file that grows or shrinks meanwhile would shift everything after it. */
async function* exactly(file: string, size: number): AsyncGenerator<Buffer> {
  let left = size;
  for await (const chunk of createReadStream(file, { end: Math.max(0, size - 1) })) {
    const bytes = (chunk as Buffer).subarray(0, left);
    left -= bytes.length;
    yield bytes;
  }
  if (left > 0) throw new Error(`${file} became shorter while it was read.`);
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function headerOf(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100 || size > LARGEST)
    throw new Error(`"${name}" is too long or too large for an archive.`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): void => {
    header.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  };
  header.write(name, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(Date.now() / 1000), 136, 12);
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Of all bytes, with the sum's own eight taken for blanks. */
function sumOf(header: Buffer): number {
  let sum = 8 * 0x20;
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  return sum;
}

function readHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, length: number): string =>
    (header.toString('latin1', from, from + length).split('\0')[0] ?? '').trim();
  const size = Number.parseInt(text(124, 12), 8);
  if (Number.parseInt(text(148, 8), 8) !== sumOf(header) || !Number.isInteger(size))
    throw new DamagedArchive('it is no tar archive, or damaged');
  return { name: text(0, 100), size };
}
