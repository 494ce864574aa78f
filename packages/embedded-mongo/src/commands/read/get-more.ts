import { Long } from 'bson';
import { MongoError } from '../../errors.ts';
import { Answer } from '../../wire/answer.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';

// A tailing cursor gives what there is, in bites.
const TAILING_BATCH = 1000;

/** @see https://www.mongodb.com/docs/manual/reference/command/getMore/ */
export const getMore: Command = {
  name: 'getMore',
  fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  inTransaction: true,
  run: async (call) => {
    const { cursors } = call.database;
    const args = new Arguments('getMore', call.command);
    const id = BigInt(String(call.command['getMore']));
    const cursor = cursors.get(id);
    const collection = args.text('collection');
    if (collection !== cursor.collection || call.db !== cursor.db)
      throw new MongoError(
        13,
        `Requested getMore on namespace '${call.db}.${collection}', but cursor belongs to a different namespace ${cursor.db}.${cursor.collection}`,
      );
    if (cursor.transaction !== call.txn?.number)
      throw new MongoError(
        50741,
        `Cannot run getMore on cursor ${id}, which was created in ${cursor.transaction === undefined ? 'no' : 'another'} transaction`,
      );
    if (cursor.busy) throw new MongoError(12051, `cursor id ${id} is already in use`);
    const size = args.count('batchSize') ?? 0;
    cursor.busy = true;
    try {
      const max = size || (cursor.tailing ? TAILING_BATCH : Infinity);
      const { documents, done, more } = await cursor.source.batch(max, call);
      if (done) cursors.kill(id);
      const ns = `${cursor.db}.${cursor.collection}`;
      const answer = { id: done ? 0n : id, ns };
      return Answer.cursor(documents, 'nextBatch', more ? { ...answer, more } : answer);
    } catch (error) {
      cursors.kill(id);
      throw error;
    } finally {
      cursor.busy = false;
      cursor.usedAt = Date.now();
    }
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/killCursors/ */
export const killCursors: Command = {
  name: 'killCursors',
  fields: ['cursors'],
  inTransaction: true,
  run: (call) => {
    const killed: Long[] = [];
    const unknown: Long[] = [];
    for (const given of new Arguments('killCursors', call.command).list('cursors') ?? []) {
      const id = BigInt(String(given));
      (call.database.cursors.kill(id) ? killed : unknown).push(Long.fromBigInt(id));
    }
    return {
      cursorsKilled: killed,
      cursorsNotFound: unknown,
      cursorsAlive: [],
      cursorsUnknown: [],
    };
  },
};
