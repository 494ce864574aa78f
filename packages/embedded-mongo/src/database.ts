import { diskSpace } from './kv/disk-space.ts';
import { Catalog, discard } from './catalog/catalog.ts';
import { Garbage } from './catalog/garbage.ts';
import { ChangeLog } from './changes/change-log.ts';
import { MongoError } from './errors.ts';
import { Commits } from './kv/commits.ts';
import { Lmdb } from './kv/lmdb.ts';
import { Turns } from './kv/turns.ts';
import type { Collection } from './store/index.ts';
import { Spills } from './spill/spills.ts';
import { Cursors } from './session/cursors.ts';
import { Transactions } from './txn/transactions.ts';
import { Writer } from './txn/writer.ts';
import type { Doc } from './values/index.ts';

/** What a database may use. */
export interface DatabaseOptions {
  dir: string;
  /** Memory for sorts, index builds and changes, in megabytes; default 256. */
  memoryMb?: number;
  /** Told when the disk refused a commit; the process has to end then. */
  onFatal(error: Error): void;
}

/** Something that goes on, as `$currentOp` tells it. */
export interface Running {
  /** By which it is killed. */
  readonly opid: number;
  /** Makes it end as soon as it looks, with an error. */
  kill(): void;
  describe(): Doc;
}

/** The memory a database was given, divided. */
export interface Budget {
  sortBytes: number;
  /** What each stage of a pipeline may hold. */
  stageBytes: number;
  /** What each transaction may change; its commit is one piece of work. */
  transactionBytes: number;
  indexBuildBytes: number;
  changeLogBytes: number;
}

/** Below this many free bytes on the disk nothing is taken in any more. */
const DISK_RESERVE_BYTES = 24 * 1024 * 1024;
const DISK_CHECK_MS = 20;

/** One open database folder with everything that works on it. */
export class Database {
  readonly dir: string;
  readonly kv: Lmdb;
  readonly commits: Commits;
  readonly turns = new Turns();
  readonly catalog: Catalog;
  readonly transactions: Transactions;
  readonly log: ChangeLog;
  readonly writer: Writer;
  readonly cursors = new Cursors();
  readonly garbage: Garbage;
  readonly spills: Spills;
  readonly budget: Budget;
  /** The commands that are being worked on. */
  readonly running = new Set<Running>();
  private diskCheckedAt = -Infinity;
  private diskLow = false;
  private diskFull = false;

  constructor(options: DatabaseOptions) {
    const memory = (options.memoryMb ?? 256) * 1024 * 1024;
    this.budget = {
      sortBytes: Math.floor(memory * 0.4),
      stageBytes: Math.floor(memory * 0.4),
      transactionBytes: Math.floor(memory * 0.1),
      indexBuildBytes: Math.min(memory * 0.1, 24 * 1024 * 1024),
      changeLogBytes: memory * 0.1,
    };
    this.dir = options.dir;
    this.spills = new Spills(options.dir, () => this.refuseSpilling());
    this.kv = new Lmdb(options.dir);
    this.commits = new Commits(this.kv, options.onFatal);
    const { catalog, orphans } = Catalog.load(this.kv);
    this.catalog = catalog;
    this.transactions = new Transactions(this.kv, this.budget.transactionBytes, (made) =>
      this.forsake(made),
    );
    this.log = new ChangeLog(this.budget.changeLogBytes);
    this.writer = new Writer(this);
    this.garbage = new Garbage(this.kv, this.commits, this.turns);
    this.forsake(catalog.unborn());
    if (orphans.length)
      void this.commits.write(() => {
        for (const range of orphans) discard(this.kv, range);
        for (const c of this.catalog.all()) this.catalog.save(this.kv, c);
      });
    this.garbage.sweep();
  }

  /**
   * Refuses what would make the file grow while the disk is nearly full.
   * @throws MongoError 14031
   */
  refuseWhenFull(): void {
    this.checkDisk();
    if (this.diskFull) this.refuse();
  }

  /**
   * Refuses temporary files while the disk is nearly full; free pages of the file do not help them.
   * @throws MongoError 14031
   */
  private refuseSpilling(): void {
    this.checkDisk();
    if (this.diskLow) this.refuse();
  }

  private checkDisk(): void {
    const now = performance.now();
    if (now - this.diskCheckedAt <= DISK_CHECK_MS) return;
    this.diskCheckedAt = now;
    const { free, total } = diskSpace(this.dir);
    const reserve = Math.min(DISK_RESERVE_BYTES, total / 8);
    this.diskLow = free < reserve;
    this.diskFull = this.diskLow && this.kv.stats().freeBytes < reserve;
  }

  private refuse(): never {
    throw new MongoError(
      14031,
      `OutOfDiskSpace: the disk that holds ${this.dir} is nearly full; nothing is stored until there is room again. Free some space or delete documents.`,
    );
  }

  /** Takes away collections that never came to be. */
  private forsake(made: Collection[]): void {
    if (!made.length) return;
    void this.commits
      .write(() => {
        for (const c of made) this.catalog.drop(this.kv, c);
      })
      .then(() => this.garbage.sweep());
  }

  async close(): Promise<void> {
    this.garbage.stop();
    this.cursors.killAll();
    this.transactions.abortAll();
    await this.commits.idle();
    await this.kv.close();
  }
}
