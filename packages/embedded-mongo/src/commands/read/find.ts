import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { compile } from '../../match/index.ts';
import type { Row } from '../../plan/index.ts';
import { projector } from '../../project/index.ts';
import { listSource, selectionSource } from '../../session/sources.ts';
import { tailSource } from '../../session/tail.ts';
import type { Collection } from '../../store/index.ts';
import { type Doc, encode } from '../../values/index.ts';
import type { Command } from '../command.ts';
import type { Call } from '../call.ts';
import { openCursor } from '../reply.ts';
import { aggregateOver } from './aggregate.ts';
import { type Asked, asPipeline, readFind } from './find-arguments.ts';
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
    const c = collectionOf(call, asked.collection);
    const opening = {
      ns: `${call.db}.${asked.collection}`,
      batchSize: asked.batchSize,
      single: asked.single,
      immortal: asked.immortal,
    };
    if (c?.isView) return aggregateOver(call, asked.collection, asPipeline(asked), opening);
    if (asked.tails && c) checkTail(call, c, asked);
    const { variables } = call;
    const collation = asked.collation ?? (c?.options['collation'] as Doc | undefined);
    const project = projector(asked.projection, asked.filter, collation, variables);
    if (!c) {
      compile(asked.filter, asked.collation, variables);
      return openCursor(call, { ...opening, source: listSource([]) });
    }
    const toBson = project
      ? (row: Row): Uint8Array => encode(project(row.doc))
      : asked.showRecordId
        ? (row: Row): Uint8Array => encode({ ...row.doc, $recordId: Long.fromNumber(row.id) })
        : (row: Row): Uint8Array => row.raw;
    if (asked.tails) {
      const matches = compile(asked.filter, collation, variables);
      const limit = asked.limit || Infinity;
      const tail = { view: call.view, collection: c, matches, toBson, awaits: asked.awaits, limit };
      return openCursor(call, { ...opening, tailing: true, source: tailSource(tail) });
    }
    const selection = select(call, c, { ...asked, variables });
    return openCursor(call, { ...opening, source: selectionSource(selection, toBson) });
  },
};

/** @throws MongoError 2, 263 where no cursor can follow */
function checkTail(call: Call, c: Collection, asked: Asked): void {
  const refuse = (why: string): never => {
    throw new MongoError(2, `error processing query: ${why}`);
  };
  if (call.txn) throw new MongoError(263, 'Cannot run a tailable cursor in a transaction');
  if (!c.isCapped) refuse(`ns=${c.ns} tailable cursor requested on non capped collection`);
  const sorts = Object.entries(asked.sort ?? {});
  if (sorts.some(([field, direction]) => field !== '$natural' || Number(direction) !== 1))
    refuse('cannot use tailable option with a sort other than {$natural: 1}');
  if (asked.skip) refuse('cannot use tailable option with a skip');
}
