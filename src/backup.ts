import path from 'node:path';
import { makeBackup } from './app/backup.ts';
import { readConfig } from './app/config.ts';
import { createLog } from './app/log.ts';
import { messageOf } from './base/errors.ts';

const USAGE = 'npm run backup [-- FILE]';

try {
  const [given, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || given?.startsWith('-')) throw new Error(`Usage: ${USAGE}`);
  const config = readConfig(process.env);
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const file = path.resolve(given ?? path.join(config.dataDir, 'backups', `openline-${time}.tar`));
  const { documents, files } = await makeBackup(config, file, createLog('warn'));
  console.log(`${file}: ${documents} documents, ${files} files.`);
  console.log('The SECRET_KEY is not in it; keep that somewhere else.');
} catch (error) {
  console.error(`There is no backup:\n  ${messageOf(error)}`);
  process.exitCode = 1;
}
