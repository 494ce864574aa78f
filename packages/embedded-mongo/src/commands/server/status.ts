import { hostname } from 'node:os';
import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { sizesOf, storageStats } from '../../catalog/sizes.ts';
import { verifyCollection } from '../../catalog/verify.ts';
import { diskSpace } from '../../kv/disk-space.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { collectionOf, refuseView } from '../read/select.ts';
import { VERSION } from './identity.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/serverStatus/ */
export const serverStatus: Command = {
  name: 'serverStatus',
  fields: ['*'],
  run: (call) => {
    const { kv, cursors, transactions, spills } = call.database;
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
      metrics: {
        cursor: { open: { total: cursors.size } },
        query: { sort: { spillToDisk: spills.files, spillToDiskBytes: spills.bytes } },
      },
      transactions: { currentOpen: transactions.size },
      file: { bytes: fileBytes, freeBytes },
    };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/dbStats/ */
export const dbStats: Command = {
  name: 'dbStats',
  fields: ['scale', 'freeStorage'],
  run: async (call) => {
    const scale = scaleOf(call);
    const all = call.database.catalog.of(call.db);
    const collections = all.filter((c) => !c.isView);
    const sum = { objects: 0, documents: 0, storage: 0, indexes: 0, indexBytes: 0 };
    for (const c of collections) {
      const sizes = await sizesOf(call.view, c, call);
      sum.objects += c.count;
      sum.documents += sizes.documents;
      sum.storage += sizes.storage;
      sum.indexes += c.indexes.length;
      sum.indexBytes += sizes.allIndexes;
    }
    const { free, total } = diskSpace(call.database.dir);
    return {
      db: call.db,
      collections: collections.length,
      views: all.length - collections.length,
      objects: sum.objects,
      avgObjSize: sum.objects ? sum.documents / sum.objects : 0,
      dataSize: sum.documents / scale,
      storageSize: sum.storage / scale,
      ...(call.command['freeStorage'] ? { freeStorageSize: 0 } : {}),
      indexes: sum.indexes,
      indexSize: sum.indexBytes / scale,
      totalSize: (sum.storage + sum.indexBytes) / scale,
      scaleFactor: scale,
      fsUsedSize: (total - free) / scale,
      fsTotalSize: total / scale,
    };
  },
};

const scaleOf = (call: Call): number =>
  new Arguments(call.name, call.command).count('scale', 1) ?? 1;

/** @see https://www.mongodb.com/docs/manual/reference/command/collStats/ */
export const collStats: Command = {
  name: 'collStats',
  fields: ['scale'],
  run: async (call) => {
    const name = new Arguments('collStats', call.command).collection();
    const c = collectionOf(call, name);
    refuseView(c);
    const scale = scaleOf(call);
    const ns = `${call.db}.${name}`;
    if (!c)
      return {
        ns,
        size: 0,
        count: 0,
        storageSize: 0,
        nindexes: 0,
        totalIndexSize: 0,
        indexSizes: {},
      };
    return { ns, ...storageStats(c, await sizesOf(call.view, c, call), scale) };
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
