import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { compile } from '../../match/index.ts';
import type { Row } from '../../plan/index.ts';
import { projector } from '../../project/index.ts';
import { listSource, selectionSource } from '../../session/sources.ts';
import { encode } from '../../values/index.ts';
import type { Command } from '../command.ts';
import { openCursor } from '../reply.ts';
import { aggregateOver } from './aggregate.ts';
import { asPipeline, readFind } from './find-arguments.ts';
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
