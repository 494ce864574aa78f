import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import type { Commits } from '../kv/commits.ts';
import type { Turns } from '../kv/turns.ts';
import type { Reader, View } from '../kv/view.ts';
import { sessionKey, sessionRange } from '../store/index.ts';
import { decode, type Doc, encode } from '../values/index.ts';

/**
 * How long a session's record is kept after its last write.
 * @see https://www.mongodb.com/docs/manual/reference/server-sessions/
 */
const SESSION_LIFETIME_MS = 30 * 60_000;

const RECORDS_PER_SLICE = 500;

/**
 * What a session's last numbered write did: how far it got and what it answered. It is stored in
 * the same commit as the write itself, so that a retry after a crash repeats nothing.
 * @see https://www.mongodb.com/docs/manual/core/retryable-writes/
 */
export interface SessionRecord {
  number: bigint;
  /** The progress of a write, or null for a committed transaction. */
  progress: Doc | null;
}

export function readRecord(view: Reader, session: string): SessionRecord | undefined {
  const stored = view.get(sessionKey(Buffer.from(session, 'hex')));
  if (!stored) return undefined;
  const record = decode(stored);
  return {
    number: (record['number'] as Long).toBigInt(),
    progress: (record['progress'] ?? null) as Doc | null,
  };
}

export function saveRecord(view: View, session: string, record: SessionRecord): void {
  const stored = {
    number: Long.fromBigInt(record.number),
    at: new Date(),
    progress: record.progress,
  };
  view.put(sessionKey(Buffer.from(session, 'hex')), encode(stored));
}

/** What an earlier try of the same numbered write left, if any. @throws MongoError 225, 256 */
export function earlierTry(view: Reader, session: string, number: bigint): Doc | undefined {
  const record = readRecord(view, session);
  if (!record) return undefined;
  if (record.number < number) return undefined;
  if (record.number === number && record.progress) return record.progress;
  if (record.number === number)
    throw new MongoError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
  throw new MongoError(
    225,
    `Retryable write with txnNumber ${number} is prohibited on session ${session} because a newer retryable write with txnNumber ${record.number} has already started on this session.`,
  );
}

/** Removes the records of sessions that ended. */
export function forget(view: View, sessions: readonly string[]): void {
  for (const session of sessions) {
    const key = sessionKey(Buffer.from(session, 'hex'));
    if (view.get(key)) view.del(key);
  }
}

/** Removes the records of sessions that nobody has used for half an hour. */
export async function expireRecords(view: View, commits: Commits, turns: Turns): Promise<void> {
  const before = Date.now() - SESSION_LIFETIME_MS;
  const old: Buffer[] = [];
  let { lo, hi } = sessionRange();
  for (;;) {
    const scan = view.scan(lo, hi, false, true);
    let seen = 0;
    let last: Buffer | undefined;
    for (let key = scan.next(); key && seen < RECORDS_PER_SLICE; key = scan.next()) {
      seen++;
      last = key;
      const at = decode(scan.value())['at'];
      if (!(at instanceof Date) || at.getTime() < before) old.push(key);
    }
    scan.close();
    if (!last) break;
    lo = Buffer.concat([last, Buffer.from([0])]);
    await turns.next();
  }
  for (let i = 0; i < old.length; i += RECORDS_PER_SLICE) {
    const slice = old.slice(i, i + RECORDS_PER_SLICE);
    await commits.write(() => {
      for (const key of slice) view.del(key);
    });
    await turns.next();
  }
}
