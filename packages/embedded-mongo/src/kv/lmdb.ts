import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  open,
  type RangeOptions,
  type RootDatabase,
  type RootDatabaseOptions,
  type Transaction,
} from 'lmdb';
import type { Scan, Snapshot, View } from './view.ts';

/** The one data file inside a database folder. */
export const DATA_FILE = 'data.mdb';

/** Sizes of the data file, in bytes. */
export interface FileStats {
  /** Bytes the file spans. */
  fileBytes: number;
  /** Bytes inside it that are free for reuse. */
  freeBytes: number;
}

/** What lmdb's own `get` is made of; its types leave the options out. */
interface FastReads {
  getBinaryFast(key: Buffer, options?: { transaction: Transaction }): Buffer | undefined;
}

interface NativeStats {
  pageSize: number;
  lastPageNumber: number;
  treeBranchPageCount: number;
  treeLeafPageCount: number;
  overflowPages: number;
  free: { treeBranchPageCount: number; treeLeafPageCount: number; overflowPages: number };
}

/** Keys and values in one LMDB file: reads see the last commit, writes happen inside `commit`. */
export class Lmdb implements View {
  readonly file: string;
  private readonly db: RootDatabase<Buffer, Buffer>;

  constructor(dir: string, options: { readOnly?: boolean } = {}) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.file = path.join(dir, DATA_FILE);
    const settings: RootDatabaseOptions & { txnStartThreshold: number } = {
      noSubdir: true,
      encoding: 'binary',
      keyEncoding: 'binary',
      // With overlapping syncs a commit is acknowledged before it is on disk.
      overlappingSync: false,
      eventTurnBatching: false,
      txnStartThreshold: 1,
      // One for every open transaction.
      maxReaders: 2000,
      readOnly: options.readOnly ?? false,
    };
    this.db = open<Buffer, Buffer>(this.file, settings);
  }

  get(key: Buffer): Buffer | undefined {
    return this.read(key);
  }

  put(key: Buffer, value: Buffer): void {
    void this.db.put(key, value);
  }

  del(key: Buffer): void {
    void this.db.remove(key);
  }

  scan(lo: Buffer, hi: Buffer, reverse: boolean, values: boolean): Scan {
    return this.scanIn(undefined, lo, hi, reverse, values);
  }

  /**
   * Runs `work` inside one durable LMDB transaction: when this returns, everything is on disk.
   * Throws when the disk refuses; the in-memory state is then no longer to be trusted.
   */
  commit(work: () => void): void {
    this.db.transactionSync(work);
  }

  /** A frozen view. At most about two thousand may be open at once. */
  snapshot(): Snapshot {
    const txn = this.db.useReadTransaction();
    return {
      get: (key) => this.read(key, { transaction: txn }),
      scan: (lo, hi, reverse, values) => this.scanIn(txn, lo, hi, reverse, values),
      done: () => txn.done(),
    };
  }

  /** Writes a consistent copy while reads and writes go on; `compact` leaves free pages out. */
  async backup(toFile: string, compact: boolean): Promise<void> {
    await this.db.backup(toFile, compact);
  }

  stats(): FileStats {
    const s = this.db.getStats() as NativeStats;
    const used =
      2 +
      s.treeBranchPageCount +
      s.treeLeafPageCount +
      s.overflowPages +
      s.free.treeBranchPageCount +
      s.free.treeLeafPageCount +
      s.free.overflowPages;
    const all = s.lastPageNumber + 1;
    return { fileBytes: all * s.pageSize, freeBytes: Math.max(0, all - used) * s.pageSize };
  }

  async close(): Promise<void> {
    await this.db.close();
  }

  /** A value, copied into a buffer that small ones share: one of its own costs more than the copy. */
  private read(key: Buffer, options?: { transaction: Transaction }): Buffer | undefined {
    const found = (this.db as unknown as FastReads).getBinaryFast(key, options);
    if (!found) return undefined;
    const { length } = found;
    const value = Buffer.allocUnsafe(length);
    // It says how long the value is, but it is a longer one that is used again and again.
    value.set(new Uint8Array(found.buffer, found.byteOffset, length));
    return value;
  }

  private scanIn(
    transaction: Transaction | undefined,
    lo: Buffer,
    hi: Buffer,
    reverse: boolean,
    values: boolean,
  ): Scan {
    const range: RangeOptions & { exclusiveStart?: boolean; inclusiveEnd?: boolean } = reverse
      ? { start: hi, exclusiveStart: true, end: lo, inclusiveEnd: true, reverse: true }
      : { start: lo, end: hi };
    if (transaction) range.transaction = transaction;
    return values ? this.pairs(range) : this.keys(range);
  }

  private pairs(range: RangeOptions): Scan {
    const rows = this.db.getRange(range)[Symbol.iterator]();
    let value: Buffer;
    return {
      next() {
        const row = rows.next();
        if (row.done) return undefined;
        value = row.value.value;
        return row.value.key;
      },
      value: () => value,
      close: () => void rows.return?.(),
    };
  }

  private keys(range: RangeOptions): Scan {
    const rows = this.db.getKeys(range)[Symbol.iterator]();
    return {
      next() {
        const row = rows.next();
        return row.done ? undefined : row.value;
      },
      value: () => {
        throw new Error('this scan reads keys only');
      },
      close: () => void rows.return?.(),
    };
  }
}
