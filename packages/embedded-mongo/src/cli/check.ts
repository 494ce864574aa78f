import path from 'node:path';
import { verifyCollection } from '../catalog/verify.ts';
import type { Database } from '../database.ts';
import { checkFile } from '../kv/file-check.ts';
import { readOptions, required } from './arguments.ts';
import { ALONE, consistent, tell } from './folder.ts';

/**
 * `check --dir DIR`: reads every page, every document and every index entry and compares them. A
 * served folder is checked on a consistent copy.
 */
export async function checkFolder(args: readonly string[]): Promise<void> {
  const dir = path.resolve(required(readOptions(args, ['dir']), 'dir'));
  let errors = 0;
  const everyPage = (file: string): void => tell(`${checkFile(file, true).pages} pages in use`);
  const everyDocument = async (database: Database): Promise<void> => {
    for (const c of database.catalog.all()) {
      if (c.isView) continue;
      const found = await verifyCollection(database.kv, c, ALONE);
      tell(
        `${c.ns}: ${found.documents} documents, ${found.errors.length ? found.errors.join('; ') : 'well'}`,
      );
      errors += found.errors.length;
    }
  };
  await consistent(dir, everyDocument, everyPage);
  if (errors) throw new Error(`${errors} errors found. Restore the database from a backup.`);
}
