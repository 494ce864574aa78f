import { MongoError } from '../../errors.ts';
import { type Doc, isPlain, type Value } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { indexStats } from '../schema/indexes.ts';
import { collectionOf } from './select.ts';

const STARTED = new Date();

type SourceStage = (call: Call, collection: string | null, argument: Value) => Doc[];

/** Stages that begin a pipeline with what the database knows of itself. */
export const SOURCES: Readonly<Record<string, SourceStage>> = {
  $collStats: (call, collection, argument) => {
    const c = collectionOf(call, collection ?? '');
    if (!c) throw new MongoError(26, `Collection [${call.db}.${collection}] not found.`);
    const asked = isPlain(argument) ? argument : {};
    return [
      {
        ns: c.ns,
        host: 'embedded',
        localTime: new Date(),
        ...(asked['count'] ? { count: c.count } : {}),
        ...(asked['storageStats']
          ? {
              storageStats: {
                count: c.count,
                nindexes: c.indexes.length,
                capped: Boolean(c.options['capped']),
              },
            }
          : {}),
      },
    ];
  },
  $indexStats: (call, collection) => indexStats(collectionOf(call, collection ?? ''), STARTED),
  $currentOp: (call, collection) => {
    if (call.db !== 'admin' || collection !== null)
      throw new MongoError(
        73,
        "$currentOp must be run against the 'admin' database with {aggregate: 1}",
      );
    return [...call.database.running].map((each) => each.describe());
  },
  $listLocalSessions: (call) => [{ _id: call.command['lsid'] ?? {}, lastUse: new Date() }],
  $listSessions: (call) => [{ _id: call.command['lsid'] ?? {}, lastUse: new Date() }],
};
