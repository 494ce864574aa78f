import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../test/harness/log.ts';
import { packTar } from '../storage/files/tar.ts';
import { makeBackup, restoreBackup } from './backup.ts';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { startOpenline } from './start.ts';
import type { Openline } from './start.ts';

const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const root = mkdtempSync(path.join(tmpdir(), 'openline-backup-'));
const archive = path.join(root, 'all.tar');
const placeOf = (name: string): Readonly<Config> => ({
  ...readConfig({ PORT: '0', DATA_DIR: path.join(root, name), LOG_LEVEL: 'silent' }),
  admin: ADMIN,
});
const original = placeOf('original');

const isThere = async (openline: Openline): Promise<boolean> => {
  const { status } = await fetch(`${openline.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  return status === 200;
};

let key = '';
let made: Awaited<ReturnType<typeof makeBackup>>;

// The whole product on its embedded database, backed up while it runs.
beforeAll(async () => {
  const openline = await startOpenline(original, { log: silentLog });
  key = (await openline.desk.blobs.put(Readable.from([PICTURE]), 1000)).key;
  made = await makeBackup(original, archive, silentLog);
  await expect(restoreBackup(original, archive, silentLog)).rejects.toThrow(/Stop it first/);
  expect(await isThere(openline)).toBe(true);
  await openline.stop();
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a backup', () => {
  it('is made while Openline runs, and leaves nothing else behind', () => {
    expect(made.documents).toBeGreaterThanOrEqual(3);
    expect(made.files).toBe(1);
    expect(readdirSync(path.join(root, 'original', 'backups'))).not.toContainEqual(
      expect.stringMatching(/^making-/),
    );
  });

  it('is an archive that tar reads, without the secret key', () => {
    const names = execFileSync('tar', ['-tf', archive], { encoding: 'utf8' }).trim().split('\n');
    expect(names).toEqual(['database.backup', `files/${key}`, 'manifest.json']);
    const secret = readFileSync(path.join(root, 'original', 'secret.key'), 'utf8').trim();
    expect(readFileSync(archive).includes(secret)).toBe(false);
  });

  it('comes back on another machine: people, files, and a word about the other key', async () => {
    const place = placeOf('elsewhere');
    const restored = await restoreBackup(place, archive, silentLog);
    expect(restored).toEqual({ ...made, sameKey: false });
    const openline = await startOpenline({ ...place, admin: null }, { log: silentLog });
    expect(openline.setupCode).toBeNull();
    expect(await isThere(openline)).toBe(true);
    expect(await buffer(openline.desk.blobs.open(key))).toEqual(PICTURE);
    await openline.stop();
  }, 60_000);

  it('replaces what is there only by force', async () => {
    await expect(restoreBackup(original, archive, silentLog)).rejects.toThrow(/--force/);
    const restored = await restoreBackup(original, archive, silentLog, { force: true });
    expect(restored).toEqual({ ...made, sameKey: true });
  }, 60_000);

  it.each([
    ['cut short', (file: string) => truncateSync(file, readFileSync(file).length - 2048)],
    ['with a changed header', (file: string) => appendFileSync(file, 'x', { flag: 'r+' })],
    ['of something else', (file: string) => writeFileSync(file, 'this is no archive'.repeat(100))],
  ])(
    '%s is refused, and nothing is touched',
    async (_what, spoil) => {
      const file = path.join(root, 'spoilt.tar');
      writeFileSync(file, readFileSync(archive));
      spoil(file);
      await expect(restoreBackup(original, file, silentLog, { force: true })).rejects.toThrow(
        /can not be restored/,
      );
      const after = await makeBackup(original, path.join(root, 'after.tar'), silentLog);
      expect(after).toEqual(made);
    },
    60_000,
  );

  it('that is not there, or is none of ours, is refused in a sentence', async () => {
    const restore = (file: string): Promise<unknown> =>
      restoreBackup(original, file, silentLog, { force: true });
    await expect(restore(path.join(root, 'nowhere.tar'))).rejects.toThrow(/There is no file/);
    await expect(restore(root)).rejects.toThrow(/There is no file/);
    const file = path.join(root, 'other.tar');
    const entries = [{ name: 'manifest.json', content: Buffer.from('no JSON') }];
    writeFileSync(file, await buffer(Readable.from(packTar(entries))));
    await expect(restore(file)).rejects.toThrow(/it is no backup of Openline/);
  });

  it('can not write outside of its folder', async () => {
    const file = path.join(root, 'hostile.tar');
    const entries = [{ name: 'files/../../../outside', content: Buffer.from('x') }];
    writeFileSync(file, await buffer(Readable.from(packTar(entries))));
    await expect(restoreBackup(original, file, silentLog, { force: true })).rejects.toThrow(
      /does not belong/,
    );
    expect(readdirSync(path.dirname(root))).not.toContain('outside');
  });
});
