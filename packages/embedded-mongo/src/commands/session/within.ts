import { MongoError } from '../../errors.ts';
import { readRecord } from '../../session/records.ts';
import { TRANSIENT } from '../../txn/transactions.ts';
import type { Transaction } from '../../txn/transaction.ts';
import type { Doc } from '../../values/index.ts';
import type { Answer } from '../../wire/answer.ts';
import type { Call, Numbered } from '../call.ts';
import type { Command } from '../command.ts';

const ENDS = new Set(['commitTransaction', 'abortTransaction']);

const invalid = (message: string): MongoError => new MongoError(72, message);

/**
 * Checks that the fields of sessions and transactions go together.
 * @throws MongoError 72
 * @see https://github.com/mongodb/specifications/blob/master/source/transactions/transactions.md
 */
export function checkNumbers(call: Call): void {
  const { txnNumber, autocommit, startTransaction } = call.command;
  if (txnNumber !== undefined && call.session === undefined)
    throw invalid('Transaction number requires a session ID to also be specified');
  if (autocommit !== undefined && txnNumber === undefined)
    throw invalid("'autocommit' field requires a transaction number to also be specified");
  if (autocommit !== undefined && autocommit !== false)
    throw invalid('Specifying autocommit=true is not allowed.');
  if (startTransaction === undefined) return;
  if (autocommit === undefined)
    throw invalid("'startTransaction' field requires 'autocommit' field to also be specified");
  if (startTransaction !== true) throw invalid('Specifying startTransaction=false is not allowed.');
}

/** @throws MongoError 225, 50911 when the session has gone on, or has used the number */
function refuseOld(call: Call, { session, number }: Numbered): void {
  const open = call.database.transactions.of(session);
  const last = open?.number ?? readRecord(call.database.kv, session)?.number ?? -1n;
  if (last > number)
    throw new MongoError(
      225,
      `Cannot start transaction with { txnNumber: ${number} } on session ${session} because a newer transaction with txnNumber ${last} has already started on this session.`,
    );
  if (last === number)
    throw new MongoError(
      50911,
      `Cannot start a transaction at given transaction number ${number}: a transaction or retryable write with the same number has already started on this session.`,
    );
}

/** The transaction a command belongs to, begun if the command says so. */
function enter(call: Call, numbered: Numbered): Transaction {
  const { transactions, log, kv } = call.database;
  const { session, number } = numbered;
  if (call.command['startTransaction'] === true) {
    refuseOld(call, numbered);
    return transactions.begin(session, number, log.recording);
  }
  const open = transactions.of(session);
  if (open?.number === number) return open;
  const record = readRecord(kv, session);
  if (record?.number === number && record.progress === null) throw committed(number);
  throw new MongoError(
    251,
    `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${open?.number ?? record?.number ?? -1}`,
    TRANSIENT,
  );
}

/** The error for going on with a transaction that is committed. */
export const committed = (number: bigint): MongoError =>
  new MongoError(256, `Transaction with { txnNumber: ${number} } has been committed.`);

/** Whether a command runs inside a transaction; those that end one do not. */
export const runsWithin = (call: Call): boolean => call.isTransactional && !ENDS.has(call.name);

/** Runs a command inside its transaction, after those of the same transaction that came before. */
export async function runWithin(call: Call, command: Command): Promise<Doc | Answer> {
  const { transactions } = call.database;
  const numbered: Numbered = {
    session: call.session as string,
    number: BigInt(String(call.command['txnNumber'])),
  };
  if (!command.inTransaction) {
    const open = transactions.of(numbered.session);
    if (open) transactions.abort(open);
    throw new MongoError(263, `Cannot run '${command.name}' in a multi-document transaction.`);
  }
  const txn = enter(call, numbered);
  call.txn = txn;
  const before = txn.turn;
  let finish = (): void => undefined;
  txn.turn = new Promise((resolve) => {
    finish = resolve;
  });
  await before;
  try {
    if (!txn.active)
      throw new MongoError(251, `Transaction ${txn.number} has been aborted.`, TRANSIENT);
    return await command.run(call);
  } catch (error) {
    transactions.abort(txn);
    throw error;
  } finally {
    finish();
  }
}
