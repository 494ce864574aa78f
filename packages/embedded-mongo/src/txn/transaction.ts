import { Overlay } from '../kv/overlay.ts';
import type { Snapshot } from '../kv/view.ts';
import { type Change, type Collection, documentOf, type Unit } from '../store/index.ts';

/** One multi-document transaction: a snapshot, its own changes over it, and what it holds. */
export class Transaction implements Unit {
  readonly session: string;
  readonly number: bigint;
  /** The moment of its snapshot, in the order of commits. */
  readonly began: number;
  readonly view: Overlay;
  readonly direct = false;
  readonly counts = new Map<Collection, number>();
  readonly changed = new Set<Collection>();
  readonly changes: Change[] | null;
  readonly holds = new Set<string>();
  /** Collections it has made, which nobody else sees before it commits. */
  readonly made = new Set<Collection>();
  /** Resolves when it is committed or aborted. */
  readonly over: Promise<void>;
  active = true;
  /** Commands of one transaction run one after the other. */
  turn: Promise<void> = Promise.resolve();
  private readonly snapshot: Snapshot;
  private readonly timer: NodeJS.Timeout;
  private readonly take: (txn: Transaction, key: string) => void;
  private resolveOver!: () => void;

  constructor(of: {
    session: string;
    number: bigint;
    began: number;
    snapshot: Snapshot;
    recording: boolean;
    lifetimeMs: number;
    maxBytes: number;
    take(txn: Transaction, key: string): void;
    expired(txn: Transaction): void;
  }) {
    this.session = of.session;
    this.number = of.number;
    this.began = of.began;
    this.snapshot = of.snapshot;
    this.view = new Overlay(of.snapshot, of.maxBytes);
    this.changes = of.recording ? [] : null;
    this.take = of.take;
    this.over = new Promise((resolve) => {
      this.resolveOver = resolve;
    });
    this.timer = setTimeout(() => of.expired(this), of.lifetimeMs);
    this.timer.unref();
  }

  lock(key: string): void {
    this.take(this, key);
  }

  /** Whether it has changed documents of a collection. */
  touches(c: Collection): boolean {
    for (const [key] of this.view.entries()) if (documentOf(key)?.collection === c.id) return true;
    return false;
  }

  /** Lets go of the snapshot and wakes whoever waits. */
  end(): void {
    if (!this.active) return;
    this.active = false;
    clearTimeout(this.timer);
    this.snapshot.done();
    this.resolveOver();
  }
}
