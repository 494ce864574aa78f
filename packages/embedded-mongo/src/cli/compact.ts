import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { checkFile } from '../kv/file-check.ts';
import { DATA_FILE } from '../kv/lmdb.ts';
import { readOptions, required } from './arguments.ts';
import { locked, tell, withDatabase } from './folder.ts';

/**
 * `compact --dir DIR`: writes the file anew without its free pages. The old file stays until the
 * new one is complete, checked and on disk.
 */
export async function compactFolder(args: readonly string[]): Promise<void> {
  const dir = path.resolve(required(readOptions(args, ['dir']), 'dir'));
  const file = path.join(dir, DATA_FILE);
  if (!existsSync(file))
    throw new Error(`There is no database in ${dir}. Check the folder's name.`);
  await locked(dir, async () => {
    checkFile(file);
    const fresh = `${file}.compact`;
    rmSync(fresh, { force: true });
    const before = statSync(file).size;
    await withDatabase(dir, async (database) => {
      await database.garbage.finish();
      await database.kv.backup(fresh, true);
    });
    checkFile(fresh, true);
    sync(fresh);
    renameSync(fresh, file);
    sync(dir);
    tell(`${file}: ${megabytes(before)} MB before, ${megabytes(statSync(file).size)} MB now`);
  });
}

function sync(file: string): void {
  const fd = openSync(file, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

const megabytes = (bytes: number): string => (bytes / 1048576).toFixed(1);
