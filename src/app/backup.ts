import { createHash } from 'node:crypto';
import { createWriteStream, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Log } from '../base/log.ts';
import { DamagedArchive, packTar, unpackTar } from '../storage/files/tar.ts';
import type { TarEntry } from '../storage/files/tar.ts';
import { backupTo, restoreFrom } from '../storage/mongo/backup.ts';
import type { Config } from './config.ts';
import type { DataFolder } from './data-folder.ts';
import { openDataFolder, secretKeyOf } from './data-folder.ts';
import { withDatabase } from './database.ts';
import { runningMark } from './running.ts';

type Place = Pick<Config, 'dataDir' | 'mongoUri' | 'embeddedMemoryMb' | 'secretKey'>;

/** What a backup holds, or a restore brought back. */
export interface BackupContent {
  documents: number;
  files: number;
}

const FORMAT = 'openline-backup';
const VERSION = 1;
const DATABASE = 'database.backup';
const MANIFEST = 'manifest.json';
const NAMES = /^(?:database\.backup|manifest\.json|files\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{36})$/;

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  createdAt: z.string(),
  documents: z.number(),
  files: z.number(),
  /** Tells keys apart without telling the key. */
  keyMark: z.string(),
});

/**
 * Writes the database and all files into one tar archive, which appears under its name when it is complete. May run
 * while Openline does: what comes in meanwhile is in it or not. The SECRET_KEY is not in it.
 */
export async function makeBackup(place: Place, file: string, log: Log): Promise<BackupContent> {
  const folder = openDataFolder(place.dataDir);
  const work = await mkdtemp(path.join(folder.backups, 'making-'));
  const unfinished = `${file}.part`;
  try {
    // The database first: every file that it names is there already when the files are read.
    const dump = path.join(work, DATABASE);
    const { documents } = await withDatabase(place, folder, log, ({ connection }) =>
      backupTo(connection, dump),
    );
    const made = { documents, files: 0 };
    await mkdir(path.dirname(file), { recursive: true });
    await pipeline(
      Readable.from(packTar(entries(place, folder, dump, made))),
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    );
    await rename(unfinished, file);
    return made;
  } finally {
    await rm(unfinished, { force: true });
    await rm(work, { recursive: true, force: true });
  }
}

async function* entries(
  place: Place,
  folder: DataFolder,
  dump: string,
  made: BackupContent,
): AsyncGenerator<TarEntry> {
  yield { name: DATABASE, content: { file: dump } };
  for (const key of await storedFiles(folder)) {
    made.files += 1;
    yield { name: `files/${key}`, content: { file: path.join(folder.files, key) } };
  }
  // Last: an archive that has it is complete.
  const manifest: z.output<typeof manifestSchema> = {
    format: FORMAT,
    version: VERSION,
    createdAt: new Date().toISOString(),
    ...made,
    keyMark: keyMark(place, folder),
  };
  yield { name: MANIFEST, content: Buffer.from(JSON.stringify(manifest, null, 2)) };
}

async function storedFiles(folder: DataFolder): Promise<string[]> {
  const names = await readdir(folder.files, { recursive: true });
  return names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => NAMES.test(`files/${name}`))
    .toSorted();
}

const keyMark = (place: Place, folder: DataFolder): string =>
  createHash('sha256')
    .update(`mark of ${place.secretKey ?? secretKeyOf(folder)}`)
    .digest('hex')
    .slice(0, 16);

/**
 * Puts a backup in place of what is there. All of it is unpacked and checked before anything is touched; a database that
 * holds something is refused unless `force`. Refused while Openline runs on the folder. `sameKey` false: the secrets of
 * channels in it were sealed with another SECRET_KEY and can not be read with this one.
 */
export async function restoreBackup(
  place: Place,
  file: string,
  log: Log,
  { force = false }: { force?: boolean } = {},
): Promise<BackupContent & { sameKey: boolean }> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Error(`There is no file ${file}. Name the file that npm run backup has made.`);
  const folder = openDataFolder(place.dataDir);
  const mark = runningMark(folder);
  if (mark)
    throw new Error(
      `Openline runs on ${folder.root}. Stop it first. (If it does not run, remove ${mark}.)`,
    );
  const work = await mkdtemp(path.join(folder.root, 'restoring-'));
  try {
    const manifest = await unpack(file, work);
    const { documents } = await withDatabase(place, folder, log, ({ connection }) =>
      restoreFrom(connection, path.join(work, DATABASE), { force }),
    );
    const unpacked = path.join(work, 'files');
    await mkdir(unpacked, { recursive: true, mode: 0o700 });
    await rename(folder.files, path.join(work, 'files-before'));
    await rename(unpacked, folder.files);
    const sameKey = manifest.keyMark === keyMark(place, folder);
    return { documents, files: manifest.files, sameKey };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(file: string, work: string): Promise<z.output<typeof manifestSchema>> {
  try {
    const { names } = await unpackTar(file, work, (name) => NAMES.test(name));
    if (!names.includes(MANIFEST)) throw new DamagedArchive('it is not complete');
    const text = await readFile(path.join(work, MANIFEST), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    if (manifest.version !== VERSION)
      throw new DamagedArchive(`it has format ${manifest.version}, this version reads ${VERSION}`);
    const files = names.filter((name) => name.startsWith('files/')).length;
    if (files !== manifest.files || !names.includes(DATABASE))
      throw new DamagedArchive('something is missing in it');
    return manifest;
  } catch (error) {
    if (error instanceof DamagedArchive)
      throw new Error(`${file} can not be restored: ${error.message}.`);
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new Error(`${file} can not be restored: it is no backup of Openline.`);
    throw error;
  }
}
