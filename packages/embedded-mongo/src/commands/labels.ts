import { MongoError } from '../errors.ts';
import type { Call } from './call.ts';

/**
 * Errors after which the same write may be tried again.
 * @see https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
 */
const RETRYABLE = new Set([6, 7, 89, 91, 189, 262, 358, 9001, 10107, 11600, 11602, 13435, 13436]);

/** Errors after which a whole transaction may be tried again, even when its end was refused so. */
const CONFLICTS = new Set([24, 112, 246, 251, 267]);

const ENDS = new Set(['commitTransaction', 'abortTransaction']);

/**
 * The labels of an answer with an error or with a write concern's error of that number.
 * @see https://www.mongodb.com/docs/manual/core/transactions-in-applications/
 */
export function labelsFor(
  call: Call,
  failed: { code?: number | undefined; concernCode?: number | undefined },
): string[] {
  const { code = 0, concernCode = 0 } = failed;
  const ends = ENDS.has(call.name);
  const labels: string[] = [];
  if (call.isTransactional && (CONFLICTS.has(code) || (!ends && RETRYABLE.has(code))))
    labels.push('TransientTransactionError');
  if ((ends || call.retry) && (RETRYABLE.has(code) || RETRYABLE.has(concernCode)))
    labels.push('RetryableWriteError');
  return labels;
}

/** The labels of an error's answer; those a fail point names are the only ones. */
export function errorLabels(error: unknown, call: Call | undefined): string[] {
  if (!(error instanceof MongoError) || !call || error.extra['errorLabels']) return [];
  return [...new Set([...error.labels, ...labelsFor(call, { code: error.code })])];
}
