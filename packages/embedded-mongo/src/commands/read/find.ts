import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { compile } from '../../match/index.ts';
import type { Row } from '../../plan/index.ts';
import { projector } from '../../project/index.ts';
import { listSource, selectionSource } from '../../session/sources.ts';
import { type Doc, encode } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openCursor } from '../reply.ts';
import { aggregateOver } from './aggregate.ts';
import { collectionOf, select } from './select.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/find/ */
export const find: Command = {
  name: 'find',
  fields: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'let',
    'showRecordId',
    'noCursorTimeout',
    'allowDiskUse',
    'allowPartialResults',
    'tailable',
    'awaitData',
    'oplogReplay',
  ],
  refused: ['returnKey', 'min', 'max', 'requestResumeToken', 'resumeAfter'],
  inTransaction: true,
  run: (call) => {
    const asked = readFind(call.command);
    if (call.command['tailable'])
      throw new MongoError(
        2,
        'error processing query: tailable cursors are not supported; watch the collection with a change stream instead',
      );
    const c = collectionOf(call, asked.collection);
    const opening = {
      ns: `${call.db}.${asked.collection}`,
      batchSize: asked.batchSize,
      single: asked.single,
      immortal: asked.immortal,
    };
    if (c?.isView) return aggregateOver(call, asked.collection, asPipeline(asked), opening);
    const { variables } = call;
    const project = projector(asked.projection, asked.filter, asked.collation, variables);
    if (!c) {
      compile(asked.filter, asked.collation, variables);
      return openCursor(call, { ...opening, source: listSource([]) });
    }
    const selection = select(call, c, { ...asked, variables });
    const toBson = project
      ? (row: Row): Uint8Array => encode(project(row.doc))
      : asked.showRecordId
        ? (row: Row): Uint8Array => encode({ ...row.doc, $recordId: Long.fromNumber(row.id) })
        : (row: Row): Uint8Array => row.raw;
    return openCursor(call, { ...opening, source: selectionSource(selection, toBson) });
  },
};

interface Asked {
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
}

/** Reads the arguments of find. */
export function readFind(command: Doc): Asked {
  const args = new Arguments('find', command);
  const limit = args.count('limit', -Infinity) ?? 0;
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
