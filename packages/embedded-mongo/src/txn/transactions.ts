import type { Catalog } from '../catalog/catalog.ts';
import { MongoError } from '../errors.ts';
import type { Lmdb } from '../kv/lmdb.ts';
import type { View } from '../kv/view.ts';
import { type Collection, documentOf, namespaceOf } from '../store/index.ts';
import { HeldByTransaction } from './held.ts';
import { Transaction } from './transaction.ts';

/**
 * How long a transaction may stay open; it holds old pages in the file and makes others wait.
 * @see https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.transactionLifetimeLimitSeconds
 */
export const TRANSACTION_LIFETIME_MS = 60_000;

export const TRANSIENT = { labels: ['TransientTransactionError'] } as const;

const writeConflict = (): MongoError =>
  new MongoError(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    TRANSIENT,
  );

/**
 * The open transactions. The first to touch a document or unique key holds it: another transaction
 * fails with a write conflict, a write outside transactions waits.
 * @see https://www.mongodb.com/docs/manual/core/transactions-production-consideration/
 */
export class Transactions {
  private readonly open = new Map<string, Transaction>();
  /** When each thing was last written outside, as long as any transaction is open. */
  private readonly lastWrite = new Map<string, number>();
  private moment = 1;
  private readonly kv: Lmdb;
  private readonly maxBytes: number;
  private readonly forsake: (made: Collection[]) => void;

  /** `forsake` takes away the collections that an aborted transaction had made. */
  constructor(kv: Lmdb, maxBytes: number, forsake: (made: Collection[]) => void) {
    this.maxBytes = maxBytes;
    this.kv = kv;
    this.forsake = forsake;
  }

  get size(): number {
    return this.open.size;
  }

  of(session: string): Transaction | undefined {
    return this.open.get(session);
  }

  /** Opens a transaction; an older one of the same session is aborted. */
  begin(session: string, number: bigint, recording: boolean): Transaction {
    const older = this.open.get(session);
    if (older) this.abort(older);
    const txn = new Transaction({
      session,
      number,
      began: this.moment,
      snapshot: this.kv.snapshot(),
      recording,
      lifetimeMs: TRANSACTION_LIFETIME_MS,
      maxBytes: this.maxBytes,
      take: (t, key) => this.takeInside(t, key),
      expired: (t) => this.abort(t),
    });
    this.open.set(session, txn);
    return txn;
  }

  /** Ends a transaction; its changes are lost unless they were replayed. */
  abort(txn: Transaction): void {
    if (this.open.get(txn.session) === txn) this.open.delete(txn.session);
    if (!this.open.size) this.lastWrite.clear();
    txn.end();
    if (!txn.made.size) return;
    this.forsake([...txn.made]);
    txn.made.clear();
  }

  abortAll(): void {
    for (const txn of [...this.open.values()]) this.abort(txn);
  }

  /** A lock for one write outside transactions. */
  outside(): (key: string) => void {
    if (!this.open.size) return () => undefined;
    const moment = ++this.moment;
    return (key) => {
      for (const txn of this.open.values())
        if (txn.holds.has(key)) throw new HeldByTransaction(txn.over);
      this.lastWrite.set(key, moment);
    };
  }

  /**
   * Makes way for a change of a collection as a whole.
   * @throws HeldByTransaction while an open transaction has changed documents of it
   */
  refuseTouched(c: Collection): void {
    const [txn] = this.touching(c);
    if (txn) throw new HeldByTransaction(txn.over);
  }

  /**
   * Makes way for a new collection where a transaction has made one that nobody sees yet.
   * @throws HeldByTransaction outside transactions, MongoError 112 inside another one
   */
  refuseMade(there: Collection | undefined, txn: Transaction | undefined): void {
    const { owner } = there ?? {};
    if (!owner) return;
    if (txn) throw writeConflict();
    throw new HeldByTransaction(owner instanceof Transaction ? owner.over : Promise.resolve());
  }

  /** The open transactions that have changed documents of a collection. */
  touching(c: Collection): Transaction[] {
    return [...this.open.values()].filter((txn) => txn.touches(c));
  }

  /** What the open transactions read that have not made the collection themselves. */
  viewsWithout(c: Collection): WeakSet<object> {
    const others = [...this.open.values()].filter((txn) => txn !== c.owner);
    return new WeakSet(others.map((txn) => txn.view));
  }

  /** Replays a transaction's changes into the store; runs inside a commit. */
  replay(txn: Transaction, view: View, catalog: Catalog): void {
    for (const c of txn.made) {
      c.owner = null;
      catalog.save(view, c);
    }
    txn.made.clear();
    const byId = new Map(catalog.all().map((c) => [c.id, c]));
    for (const [key, value] of txn.view.entries()) {
      // Catalog records are saved from memory: another writer may have changed them since.
      if (namespaceOf(key) !== undefined) continue;
      const document = documentOf(key);
      if (document)
        for (const index of byId.get(document.collection)?.indexes ?? [])
          if (!index.building?.unaware.has(txn)) index.building?.touched.add(document.row);
      if (value) view.put(key, value);
      else view.del(key);
    }
    for (const [c, delta] of txn.counts) {
      c.count += delta;
      catalog.saveCount(view, c);
    }
    for (const c of txn.changed) catalog.save(view, c);
    const moment = ++this.moment;
    for (const key of txn.holds) this.lastWrite.set(key, moment);
  }

  private takeInside(txn: Transaction, key: string): void {
    if (txn.holds.has(key)) return;
    for (const other of this.open.values())
      if (other !== txn && other.holds.has(key)) throw writeConflict();
    if ((this.lastWrite.get(key) ?? 0) > txn.began) throw writeConflict();
    txn.holds.add(key);
  }
}
