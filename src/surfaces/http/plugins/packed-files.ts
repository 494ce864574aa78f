import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Kinds of text that shrink; others are packed already or not worth it. */
const KINDS: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** A file as it goes over the wire to a browser that takes gzip. */
export interface PackedFile {
  type: string;
  etag: string;
  bytes: Buffer;
}

const pack = promisify(gzip);

/**
 * Packs the built files of a web app, each once, at its first reading. The app is small and known, so all of it may stay
 * in memory. Answers null for what is not there or not worth packing.
 */
export function packedFiles(root: string): (name: string) => Promise<PackedFile | null> {
  const kept = new Map<string, { changed: number; file: Promise<PackedFile> }>();

  const read = async (file: string, type: string): Promise<PackedFile> => {
    const bytes = await pack(await readFile(file), { level: 9 });
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    return { type, bytes, etag: `"${digest}"` };
  };

  return async (name) => {
    const type = KINDS[path.extname(name).toLowerCase()];
    if (!type) return null;
    const file = path.join(root, path.normalize(`/${name}`));
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return null;
    const known = kept.get(file);
    if (known?.changed === found.mtimeMs) return known.file;
    const packing = read(file, type);
    kept.set(file, { changed: found.mtimeMs, file: packing });
    packing.catch(() => kept.delete(file));
    return packing;
  };
}
