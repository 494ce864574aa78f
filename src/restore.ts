import path from 'node:path';
import { restoreBackup } from './app/backup.ts';
import { readConfig } from './app/config.ts';
import { createLog } from './app/log.ts';
import { messageOf } from './base/errors.ts';

const USAGE = 'npm run restore -- FILE [--force]';

try {
  const given = process.argv.slice(2);
  const [file, ...rest] = given.filter((argument) => argument !== '--force');
  if (!file || rest.length > 0 || file.startsWith('-')) throw new Error(`Usage: ${USAGE}`);
  const config = readConfig(process.env);
  const { documents, files, sameKey } = await restoreBackup(
    config,
    path.resolve(file),
    createLog('warn'),
    { force: given.includes('--force') },
  );
  console.log(`Restored ${documents} documents and ${files} files.`);
  if (!sameKey)
    console.log(
      'The backup was made with another SECRET_KEY: put that one in place, or enter the credentials of all channels again.',
    );
} catch (error) {
  console.error(`Nothing was restored:\n  ${messageOf(error)}`);
  process.exitCode = 1;
}
