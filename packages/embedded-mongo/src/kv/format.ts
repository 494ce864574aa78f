import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DamagedFile } from './file-check.ts';
import { DATA_FILE } from './lmdb.ts';

const FORMAT_FILE = 'format.json';
/** How keys and values are laid out; a greater number cannot be read by this version. */
const FORMAT = 1;

/**
 * Looks whether a folder that once held data still does, and whether this version can read it.
 * @throws DamagedFile when the data file is gone or empty
 */
export function checkFormat(dir: string): void {
  const file = path.join(dir, FORMAT_FILE);
  if (!existsSync(file)) return;
  const { format } = JSON.parse(readFileSync(file, 'utf8')) as { format: number };
  if (format > FORMAT)
    throw new Error(
      `The database in ${dir} was written by a newer version (format ${format}). Update this program.`,
    );
  const data = path.join(dir, DATA_FILE);
  if (!statSync(data, { throwIfNoEntry: false })?.size)
    throw new DamagedFile(data, 'it is missing or empty although data was stored in it');
}

/** Notes that a folder holds data from now on. */
export function noteFormat(dir: string): void {
  const file = path.join(dir, FORMAT_FILE);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ format: FORMAT })}\n`);
}
