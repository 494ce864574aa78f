import { MongoError } from '../../errors.ts';
import { readRecord, saveRecord } from '../../session/records.ts';
import { TRANSIENT } from '../../txn/transactions.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';

function numbered(call: Call): { session: string; number: bigint } {
  const number = call.command['txnNumber'];
  if (call.session === undefined || number === undefined)
    throw new MongoError(125, `${call.name} must be run within a transaction`);
  return { session: call.session, number: BigInt(String(number)) };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/commitTransaction/ */
export const commitTransaction: Command = {
  name: 'commitTransaction',
  fields: ['recoveryToken'],
  run: async (call) => {
    const { session, number } = numbered(call);
    const { transactions, commits, catalog, kv, log } = call.database;
    const txn = transactions.of(session);
    if (!txn || txn.number !== number) {
      const record = readRecord(kv, session);
      // The first try committed; its answer was lost.
      if (record?.number === number && record.progress === null) return {};
      throw new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);
    }
    await txn.turn;
    await commits.write(() => {
      // Its time may have run out while the commit was queued.
      if (!txn.active)
        throw new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);
      transactions.replay(txn, kv, catalog);
      saveRecord(kv, session, { number, progress: null });
    });
    transactions.abort(txn);
    if (txn.changes?.length) log.publish(txn.changes);
    return {};
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/abortTransaction/ */
export const abortTransaction: Command = {
  name: 'abortTransaction',
  fields: ['recoveryToken'],
  run: async (call) => {
    const { session, number } = numbered(call);
    const { transactions } = call.database;
    const txn = transactions.of(session);
    if (!txn || txn.number !== number)
      throw new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);
    await txn.turn;
    transactions.abort(txn);
    return {};
  },
};
