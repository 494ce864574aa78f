import { MongoError } from '../../errors.ts';
import type { Doc } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';

/** What a find asks for. */
export interface Asked {
  collection: string;
  filter: Doc;
  projection: Doc | undefined;
  sort: Doc | undefined;
  skip: number;
  limit: number;
  hint: Doc[string];
  collation: Doc | undefined;
  batchSize: number | undefined;
  single: boolean;
  immortal: boolean;
  showRecordId: boolean;
  /** It goes on when there is more. */
  tails: boolean;
  /** It waits for more. */
  awaits: boolean;
}

/** Reads the arguments of find. */
export function readFind(command: Doc): Asked {
  const args = new Arguments('find', command);
  const limit = args.count('limit', -Infinity) ?? 0;
  if (args.flag('awaitData') && !args.flag('tailable'))
    throw new MongoError(9, "Cannot set 'awaitData' without also setting 'tailable'");
  return {
    collection: args.collection(),
    filter: args.doc('filter') ?? {},
    projection: args.doc('projection'),
    sort: args.doc('sort'),
    skip: args.count('skip') ?? 0,
    limit: Math.abs(limit),
    hint: command['hint'],
    collation: args.doc('collation'),
    batchSize: args.count('batchSize'),
    // The old protocol's negative limit asks for one batch.
    single: args.flag('singleBatch') || limit < 0,
    immortal: args.flag('noCursorTimeout'),
    showRecordId: args.flag('showRecordId'),
    tails: args.flag('tailable'),
    awaits: args.flag('awaitData'),
  };
}

/** The same query as a pipeline, for views. */
export function asPipeline(asked: Asked): Doc[] {
  const pipeline: Doc[] = [{ $match: asked.filter }];
  if (asked.sort && Object.keys(asked.sort).length) pipeline.push({ $sort: asked.sort });
  if (asked.skip) pipeline.push({ $skip: asked.skip });
  if (asked.limit) pipeline.push({ $limit: asked.limit });
  if (asked.projection && Object.keys(asked.projection).length)
    pipeline.push({ $project: asked.projection });
  return pipeline;
}
