import { hostname } from 'node:os';
import type { Flow } from '../../aggregate/index.ts';
import { measure, storageStats } from '../../catalog/sizes.ts';
import { MongoError } from '../../errors.ts';
import { type Doc, isPlain, type Value } from '../../values/index.ts';
import { numberOf } from '../arguments.ts';
import type { Call } from '../call.ts';
import { indexStats } from '../schema/indexes.ts';
import { collectionOf, refuseView } from './select.ts';

const STARTED = new Date();

type SourceStage = (call: Call, collection: string | null, argument: Value) => Flow;

/** Stages that begin a pipeline with what the database knows of itself. */
export const SOURCES: Readonly<Record<string, SourceStage>> = {
  $collStats: (call, collection, argument) => statsOf(call, collection ?? '', argument),
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

const PARTS = new Set(['count', 'storageStats']);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/collStats/ */
function* statsOf(call: Call, name: string, argument: Value): Generator<Doc | null, void> {
  const asked = isPlain(argument) ? argument : {};
  for (const part of Object.keys(asked))
    if (!PARTS.has(part))
      throw new MongoError(115, `$collStats: the option '${part}' is not supported`);
  const c = collectionOf(call, name);
  if (!c) throw new MongoError(26, `Collection [${call.db}.${name}] not found.`);
  refuseView(c);
  const { count, storageStats: storage } = asked;
  const scale = isPlain(storage) ? numberOf(storage['scale'], 1) : 1;
  yield {
    ns: c.ns,
    host: hostname(),
    localTime: new Date(),
    ...(storage ? { storageStats: storageStats(c, yield* measure(call.view, c), scale) } : {}),
    ...(count ? { count: c.count } : {}),
  };
}
