import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { newUuid } from '../../../base/ids.ts';
import type { Log } from '../../../base/log.ts';
import { isDuplicate } from '../documents.ts';
import { bindTables } from '../tables.ts';
import type { Tables } from '../tables.ts';
import { MIGRATIONS } from './all.ts';
import type { Migration } from './migration.ts';

const LOCK = 'lock';
const LOCK_MS = 60_000;
const RENEW_MS = 15_000;
const LOOK_AGAIN_MS = 200;

/** What `runMigrations` needs beside the connection. */
interface MigrationOptions {
  /** Called once before the first pending migration, when the database holds data. */
  backup(): Promise<unknown>;
  log: Log;
  /** Default: all there are. */
  migrations?: readonly Migration[];
}

/**
 * Brings the database up to date: every migration that did not run yet, in order, each once, whichever processes start
 * at the same time; the others wait. Throws when a step fails, or when the database was written by a newer version.
 */
export async function runMigrations(
  connection: Connection,
  options: MigrationOptions,
): Promise<void> {
  const { log, backup, migrations = MIGRATIONS } = options;
  const tables = bindTables(connection);
  if ((await pendingOf(tables, migrations)).length === 0) return;
  await underLock(tables, log, async () => {
    const pending = await pendingOf(tables, migrations);
    if (pending.length > 0 && (await holdsData(tables))) await backup();
    for (const migration of pending) {
      log.info({ migration: migration.id }, 'Bringing the database up to date');
      await migration.up(connection);
      await tables.of('migrations').insertOne({ _id: migration.id, at: new Date() });
    }
  });
}

async function pendingOf(tables: Tables, migrations: readonly Migration[]): Promise<Migration[]> {
  const done = await tables
    .of('migrations')
    .find({ _id: { $ne: LOCK } })
    .toArray();
  const ids = new Set(done.map((doc) => String(doc._id)));
  const newer = [...ids].find((id) => !migrations.some((migration) => migration.id === id));
  if (newer !== undefined) {
    throw new Error(
      `The database was changed by a newer version (${newer}). Start that version, or restore a backup made before it.`,
    );
  }
  return migrations.filter((migration) => !ids.has(migration.id));
}

/** Whether anything is stored beside the list of migrations. */
async function holdsData({ connection }: Tables): Promise<boolean> {
  const names = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  for (const { name } of names) {
    if (name === 'migrations' || name.startsWith('system.')) continue;
    if (await connection.db?.collection(name).findOne({}, { projection: { _id: 1 } })) return true;
  }
  return false;
}

/** Runs `work` while no other process does; the lock of one that died runs out. */
async function underLock(tables: Tables, log: Log, work: () => Promise<void>): Promise<void> {
  const table = tables.of('migrations');
  const by = newUuid();
  const until = (): Date => new Date(Date.now() + LOCK_MS);
  const take = async (): Promise<boolean> => {
    try {
      await table.updateOne(
        { _id: LOCK, until: { $lte: new Date() } },
        { $set: { by, until: until() } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      // The lock is there and has not run out.
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  let told = false;
  while (!(await take())) {
    if (!told) log.info({}, 'Another process is bringing the database up to date; waiting');
    told = true;
    await sleep(LOOK_AGAIN_MS);
  }
  const renewing = setInterval(() => {
    table
      .updateOne({ _id: LOCK, by }, { $set: { until: until() } })
      .catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'The migration lock was not renewed'),
      );
  }, RENEW_MS);
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await table.deleteOne({ _id: LOCK, by });
  }
}
