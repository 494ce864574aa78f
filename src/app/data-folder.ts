import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../base/errors.ts';
import { makePushKeys, readPushKeys } from '../engine/push/keys.ts';
import type { PushKeys } from '../engine/push/keys.ts';

/** Where things lie in `DATA_DIR`. */
export interface DataFolder {
  root: string;
  database: string;
  files: string;
  backups: string;
}

/** Makes the folder, readable by its owner alone. Throws a plain sentence when it can not be written. */
export function openDataFolder(root: string): DataFolder {
  const folder = {
    root,
    database: path.join(root, 'database'),
    files: path.join(root, 'files'),
    backups: path.join(root, 'backups'),
  };
  try {
    for (const dir of Object.values(folder)) mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`DATA_DIR ${root} can not be written: ${messageOf(error)}`);
  }
  return folder;
}

/** The generated SECRET_KEY of the folder, made at the first start. */
export function secretKeyOf({ root }: DataFolder): string {
  const file = path.join(root, 'secret.key');
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** The keys of push messages, made at the first start: who subscribed knows this installation by them. */
export function pushKeysOf({ root }: DataFolder): PushKeys {
  const file = path.join(root, 'push.keys');
  if (!existsSync(file))
    writeFileSync(file, `${JSON.stringify(makePushKeys())}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  const keys = readPushKeys(readFileSync(file, 'utf8'));
  if (keys) return keys;
  throw new Error(`${file} holds no keys. Remove it: everybody then allows notices once more.`);
}
