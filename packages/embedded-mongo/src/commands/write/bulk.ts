import { MongoError } from '../../errors.ts';
import { earlierTry, saveRecord } from '../../session/records.ts';
import type { Unit } from '../../store/index.ts';
import { HeldByTransaction } from '../../txn/held.ts';
import type { Doc } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { writeError } from '../error-document.ts';
import { FailedOnPurpose, failNumberedWrite } from '../server/fail-point.ts';

/** How far a list of statements got and what it did; stored with every slice, so a retry goes on there. */
export interface Progress extends Doc {
  /** The next statement. */
  at: number;
  writeErrors: Doc[];
}

/** One statement; `more` when it needs another slice. Called again from the start after HeldByTransaction. */
export type Statement = (unit: Unit, index: number, end: number) => 'done' | 'more';

const MAX_STATEMENTS = 100_000;

/** @throws MongoError 16 when there are none or too many */
export function checkBatch(statements: number): void {
  if (statements >= 1 && statements <= MAX_STATEMENTS) return;
  throw new MongoError(
    16,
    `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${statements} operations.`,
  );
}

/**
 * Runs statements one after the other in slices. A statement that fails is noted; when `ordered`,
 * the rest is left. Inside a transaction a failed statement ends the transaction.
 */
export async function runStatements<P extends Progress>(
  call: Call,
  statements: number,
  progress: P,
  ordered: boolean,
  statement: Statement,
): Promise<void> {
  const { writer, transactions } = call.database;
  const failing = failingFirst(call, statement);
  let begun = false;
  await writer.run(call, (unit, end) => {
    if (call.grows) call.database.refuseWhenFull();
    if (!begun) {
      begun = true;
      const earlier = call.retry && earlierTry(unit.view, call.retry.session, call.retry.number);
      if (earlier) Object.assign(progress, earlier);
    }
    try {
      return slice(unit, end, statements, progress, ordered, failing);
    } finally {
      const { retry } = call;
      if (retry) saveRecord(unit.view, retry.session, { number: retry.number, progress });
    }
  });
  if (call.txn && progress.writeErrors.length) transactions.abort(call.txn);
}

/** A statement that may fail on purpose before it begins. */
function failingFirst(call: Call, statement: Statement): Statement {
  let begun = -1;
  return (unit, index, end) => {
    if (begun !== index) failNumberedWrite(call);
    begun = index;
    return statement(unit, index, end);
  };
}

function slice(
  unit: Unit,
  end: number,
  statements: number,
  progress: Progress,
  ordered: boolean,
  statement: Statement,
): 'done' | 'more' {
  while (progress.at < statements) {
    try {
      if (statement(unit, progress.at, end) === 'more') return 'more';
    } catch (error) {
      if (mustStop(error)) throw error;
      progress.writeErrors.push(writeError(error, progress.at));
      if (ordered) {
        progress.at = statements;
        break;
      }
    }
    progress.at++;
    if (performance.now() > end && progress.at < statements) return 'more';
  }
  return 'done';
}

/** Errors that end a command as a whole: the statement, or the transaction, is to be tried again. */
const ENDING = new Set([112, 246]);

const mustStop = (error: unknown): boolean =>
  error instanceof HeldByTransaction ||
  error instanceof FailedOnPurpose ||
  (error instanceof MongoError && ENDING.has(error.code));

/** Runs one write that may be retried and gives its answer, or the answer of the earlier try. */
export async function runRetryable(
  call: Call,
  work: (unit: Unit, end: number) => Doc | 'more',
): Promise<Doc> {
  let answer: Doc | undefined;
  let begun = false;
  let failed = false;
  await call.database.writer.run(call, (unit, end) => {
    const { retry } = call;
    if (!begun && retry) answer = earlierTry(unit.view, retry.session, retry.number);
    begun = true;
    if (answer) return 'done';
    if (!failed) failNumberedWrite(call);
    failed = true;
    const result = work(unit, end);
    if (result === 'more') return 'more';
    answer = result;
    if (retry) saveRecord(unit.view, retry.session, { number: retry.number, progress: answer });
    return 'done';
  });
  return answer as Doc;
}
