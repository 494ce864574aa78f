import path from 'node:path';
import { verifyCollection } from '../catalog/verify.ts';
import { checkFile } from '../kv/file-check.ts';
import { DATA_FILE } from '../kv/lmdb.ts';
import { readOptions, required } from './arguments.ts';
import { ALONE, consistent, tell } from './folder.ts';

/**
 * `check --dir DIR`: reads every page, every document and every index entry and compares them. A
 * served folder is checked on a consistent copy.
 */
export async function checkFolder(args: readonly string[]): Promise<void> {
  const dir = path.resolve(required(readOptions(args, ['dir']), 'dir'));
  let errors = 0;
  await consistent(dir, async (database) => {
    const { pages } = checkFile(path.join(database.dir, DATA_FILE), true);
    tell(`${pages} pages in use`);
    for (const c of database.catalog.all()) {
      if (c.isView) continue;
      const found = await verifyCollection(database.kv, c, ALONE);
      tell(
        `${c.ns}: ${found.documents} documents, ${found.errors.length ? found.errors.join('; ') : 'well'}`,
      );
      errors += found.errors.length;
    }
  });
  if (errors) throw new Error(`${errors} errors found. Restore the database from a backup.`);
}
