import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { inject } from 'vitest';
import type { Stores } from '../../src/domain/stores.ts';
import { runMigrations } from '../../src/storage/mongo/migrations/run-migrations.ts';
import { openStores } from '../../src/storage/mongo/open-stores.ts';
import { silentLog } from './log.ts';

/** The address of the run's database with a fresh database name in it. */
export function freshDatabaseUri(): string {
  const uri = new URL(inject('mongo'));
  uri.pathname = `/test_${randomBytes(6).toString('hex')}`;
  return uri.toString();
}

/** All repositories over a database of their own, with its indexes; `close` drops it. */
export async function openTestStores(): Promise<{
  stores: Stores;
  connection: Connection;
  close(): Promise<void>;
}> {
  const { stores, connection, close } = await openStores({
    uri: freshDatabaseUri(),
    log: silentLog,
  });
  await runMigrations(connection, { backup: async () => {}, log: silentLog });
  return {
    stores,
    connection,
    async close() {
      await connection.dropDatabase();
      await close();
    },
  };
}
