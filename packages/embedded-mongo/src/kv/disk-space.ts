import { statfsSync } from 'node:fs';

/** Bytes of the disk that holds a folder: those that may still be used, and all. */
export function diskSpace(dir: string): { free: number; total: number } {
  const { bavail, blocks, bsize } = statfsSync(dir);
  return { free: bavail * bsize, total: blocks * bsize };
}
