import { hostname } from 'node:os';
import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { verifyCollection } from '../../catalog/verify.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { collectionOf } from '../read/select.ts';
import { VERSION } from './identity.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/serverStatus/ */
export const serverStatus: Command = {
  name: 'serverStatus',
  fields: ['*'],
  run: (call) => {
    const { kv, cursors, transactions } = call.database;
    const { fileBytes, freeBytes } = kv.stats();
    return {
      host: hostname(),
      version: VERSION,
      process: 'embedded-mongo',
      pid: Long.fromNumber(process.pid),
      uptime: process.uptime(),
      localTime: new Date(),
      storageEngine: { name: 'embedded-mongo', persistent: true },
      mem: { resident: Math.round(process.memoryUsage.rss() / 1048576) },
      metrics: { cursor: { open: { total: cursors.size } } },
      transactions: { currentOpen: transactions.size },
      file: { bytes: fileBytes, freeBytes },
    };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/dbStats/ */
export const dbStats: Command = {
  name: 'dbStats',
  fields: ['scale', 'freeStorage'],
  run: (call) => {
    const all = call.database.catalog.of(call.db);
    const collections = all.filter((c) => !c.isView);
    const { fileBytes, freeBytes } = call.database.kv.stats();
    return {
      db: call.db,
      collections: collections.length,
      views: all.length - collections.length,
      objects: collections.reduce((sum, c) => sum + c.count, 0),
      indexes: collections.reduce((sum, c) => sum + c.indexes.length, 0),
      storageSize: fileBytes,
      freeStorageSize: freeBytes,
      totalSize: fileBytes,
      scaleFactor: 1,
    };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/collStats/ */
export const collStats: Command = {
  name: 'collStats',
  fields: ['scale'],
  run: (call) => {
    const name = new Arguments('collStats', call.command).collection();
    const c = collectionOf(call, name);
    return {
      ns: `${call.db}.${name}`,
      count: c?.count ?? 0,
      nindexes: c?.indexes.length ?? 0,
      capped: Boolean(c?.options['capped']),
      scaleFactor: 1,
    };
  },
};

/** Compares every document with its index entries. @see https://www.mongodb.com/docs/manual/reference/command/validate/ */
export const validate: Command = {
  name: 'validate',
  fields: ['full', 'repair', 'metadata', 'checkBSONConformance'],
  run: async (call) => {
    const name = new Arguments('validate', call.command).collection();
    const c = collectionOf(call, name);
    if (!c) throw new MongoError(26, `Collection '${call.db}.${name}' does not exist to validate.`);
    const { documents, keys, errors } = await verifyCollection(call.database.kv, c, call);
    return {
      ns: c.ns,
      nrecords: documents,
      nIndexes: c.indexes.length,
      keysPerIndex: keys,
      valid: !errors.length,
      errors,
      warnings: [],
    };
  },
};
