import type { MongoError } from '../errors.ts';
import type { Call } from './call.ts';

/**
 * Errors after which the same write may be tried again.
 * @see https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
 */
const RETRYABLE = new Set([6, 7, 89, 91, 189, 262, 358, 9001, 10107, 11600, 11602, 13435, 13436]);

const ENDS = new Set(['commitTransaction', 'abortTransaction']);

/** The labels that an error's answer carries beside those the error was given. */
export function labelsFor(error: MongoError, call: Call): string[] {
  if (error.labels.length || !RETRYABLE.has(error.code)) return [];
  if (call.retry || ENDS.has(call.name)) return ['RetryableWriteError'];
  return call.txn ? ['TransientTransactionError'] : [];
}
