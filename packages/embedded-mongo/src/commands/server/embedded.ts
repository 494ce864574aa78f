import path from 'node:path';
import { MongoError } from '../../errors.ts';
import { TTL_INTERVAL_MS, removeExpired } from '../../catalog/ttl.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';

/** Writes a consistent copy of the database file: `{ embeddedSnapshot: <absolute path> }`. */
export const embeddedSnapshot: Command = {
  name: 'embeddedSnapshot',
  fields: [],
  run: async (call) => {
    const to = new Arguments('embeddedSnapshot', call.command).text('embeddedSnapshot');
    if (!path.isAbsolute(to)) throw new MongoError(2, 'embeddedSnapshot needs an absolute path');
    await call.database.kv.backup(to, true);
    return { to };
  },
};

/** Sizes: `{ embeddedStats: 1 }`. */
export const embeddedStats: Command = {
  name: 'embeddedStats',
  fields: [],
  run: (call) => {
    const { kv, catalog } = call.database;
    return { ...kv.stats(), collections: catalog.all().length, pid: process.pid };
  },
};

/** Removes what TTL indexes say is over now, without waiting for the next round. */
export const embeddedExpire: Command = {
  name: 'embeddedExpire',
  fields: [],
  run: async (call) => {
    await removeExpired(call.database, call);
    return { everyMs: TTL_INTERVAL_MS };
  },
};
