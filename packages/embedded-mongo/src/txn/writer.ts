import type { Catalog } from '../catalog/catalog.ts';
import type { ChangeLog } from '../changes/change-log.ts';
import type { Commits } from '../kv/commits.ts';
import type { Lmdb } from '../kv/lmdb.ts';
import { type Turns, writeSliceEnd } from '../kv/turns.ts';
import type { Change, Unit } from '../store/index.ts';
import { HeldByTransaction } from './held.ts';
import type { Transaction } from './transaction.ts';
import type { Transactions } from './transactions.ts';

/** Who writes: inside which transaction, and how to find out that it should stop. */
export interface Writing {
  txn: Transaction | undefined;
  /** Throws when the time is up or the client is gone. */
  checkpoint(): void;
  /** Like `promise`, but rejects when the time is up. */
  patience<T>(promise: Promise<T>): Promise<T>;
}

/** One slice of a long write. Gives `done` when there is no more; it may be called again after throwing HeldByTransaction. */
export type Step = (unit: Unit, end: number) => 'done' | 'more';

/** Runs writes: alone in the next commit, or inside a transaction; long ones slice by slice. */
export class Writer {
  private readonly kv: Lmdb;
  private readonly commits: Commits;
  private readonly turns: Turns;
  private readonly catalog: Catalog;
  private readonly transactions: Transactions;
  private readonly log: ChangeLog;

  constructor(of: {
    kv: Lmdb;
    commits: Commits;
    turns: Turns;
    catalog: Catalog;
    transactions: Transactions;
    log: ChangeLog;
  }) {
    this.kv = of.kv;
    this.commits = of.commits;
    this.turns = of.turns;
    this.catalog = of.catalog;
    this.transactions = of.transactions;
    this.log = of.log;
  }

  /** Runs `step` until it is done, each slice durable before the next. */
  async run(who: Writing, step: Step): Promise<void> {
    for (;;) {
      who.checkpoint();
      try {
        const state = who.txn ? step(who.txn, writeSliceEnd()) : await this.once(step);
        if (state === 'done') return;
      } catch (error) {
        if (!(error instanceof HeldByTransaction)) throw error;
        await who.patience(error.over);
      }
      await this.turns.next();
    }
  }

  /** Runs a short write in one piece. */
  async one<T>(who: Writing, work: (unit: Unit) => T): Promise<T> {
    let result: { value: T } | undefined;
    await this.run(who, (unit) => {
      result = { value: work(unit) };
      return 'done';
    });
    return (result as { value: T }).value;
  }

  private async once(step: Step): Promise<'done' | 'more'> {
    const changes: Change[] | null = this.log.recording ? [] : null;
    try {
      return await this.commits.write(() => {
        const unit: Unit = {
          view: this.kv,
          direct: true,
          counts: new Map(),
          changed: new Set(),
          changes,
          lock: this.transactions.outside(),
        };
        try {
          return step(unit, writeSliceEnd());
        } finally {
          // Also after an error: what was put before it is kept.
          this.settle(unit);
        }
      });
    } finally {
      if (changes?.length) this.log.publish(changes);
    }
  }

  private settle(unit: Unit): void {
    for (const [c, delta] of unit.counts) {
      c.count += delta;
      if (this.catalog.has(c)) this.catalog.saveCount(this.kv, c);
    }
    for (const c of unit.changed) if (this.catalog.has(c)) this.catalog.save(this.kv, c);
  }
}
