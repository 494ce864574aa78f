import { readConfig } from './app/config.ts';
import { createLog } from './app/log.ts';
import { newPassword } from './app/new-password.ts';
import { messageOf } from './base/errors.ts';

const USAGE = 'npm run password -- EMAIL';

try {
  const [email, ...rest] = process.argv.slice(2);
  if (!email || rest.length > 0 || email.startsWith('-')) throw new Error(`Usage: ${USAGE}`);
  const { name, password } = await newPassword(readConfig(process.env), email, createLog('warn'));
  console.log(`${name} signs in with: ${password}`);
  console.log('Change it under My profile.');
} catch (error) {
  console.error(`No password was changed:\n  ${messageOf(error)}`);
  process.exitCode = 1;
}
