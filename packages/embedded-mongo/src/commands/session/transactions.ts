import { MongoError } from '../../errors.ts';
import { readRecord, saveRecord } from '../../session/records.ts';
import { TRANSIENT } from '../../txn/transactions.ts';
import type { Call, Numbered } from '../call.ts';
import type { Command } from '../command.ts';
import { committed } from './within.ts';

/** @throws MongoError 13, 125 */
function numbered(call: Call): Numbered {
  if (call.db !== 'admin')
    throw new MongoError(13, `${call.name} may only be run against the admin database.`);
  const number = call.command['txnNumber'];
  if (call.session === undefined || number === undefined || !call.isTransactional)
    throw new MongoError(125, `${call.name} must be run within a transaction`);
  return { session: call.session, number: BigInt(String(number)) };
}

const aborted = (number: bigint): MongoError =>
  new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);

function isCommitted(call: Call, { session, number }: Numbered): boolean {
  const record = readRecord(call.database.kv, session);
  return record?.number === number && record.progress === null;
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
      // The first try committed; its answer was lost.
      if (isCommitted(call, { session, number })) return {};
      throw aborted(number);
    }
    await txn.turn;
    const first = await commits.write(() => {
      // Asked for twice at once.
      if (isCommitted(call, { session, number })) return false;
      // Its time may have run out while the commit was queued.
      if (!txn.active) throw aborted(number);
      transactions.replay(txn, kv, catalog);
      saveRecord(kv, session, { number, progress: null });
      return true;
    });
    transactions.abort(txn);
    if (first && txn.changes?.length) log.publish(txn.changes);
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
      throw isCommitted(call, { session, number }) ? committed(number) : aborted(number);
    await txn.turn;
    transactions.abort(txn);
    return {};
  },
};
