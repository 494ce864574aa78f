import { Timestamp } from 'bson';
import type { Change } from '../store/index.ts';

/** A change with its place in the order of all changes. */
export interface LoggedChange extends Change {
  seq: number;
  clusterTime: Timestamp;
  wallTime: Date;
}

const MAX_CHANGES = 10_000;

/**
 * The latest changes, for change streams of this process's lifetime. Nothing is kept before the
 * first stream is opened; afterwards the last ten thousand changes within a limit of bytes.
 */
export class ChangeLog {
  /** Whether changes have to be told to this log. */
  recording = false;
  /** The last place given out; the first change of a process is greater than any of an earlier one. */
  last = Date.now() * 1000;
  private readonly maxBytes: number;
  private entries: LoggedChange[] = [];
  private bytes = 0;
  private floor = this.last;
  private t = 0;
  private i = 1;
  private readonly listeners = new Set<() => void>();

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Changes up to and including this place are not to be had any more. */
  get oldest(): number {
    return this.floor;
  }

  /** From now on changes are kept. */
  record(): void {
    if (this.recording) return;
    this.recording = true;
    this.floor = this.last;
  }

  /** The cluster time that the next change will have if it happens within this second. */
  nextTime(): Timestamp {
    const t = Math.floor(Date.now() / 1000);
    if (t > this.t) {
      this.t = t;
      this.i = 1;
    }
    return new Timestamp({ t: this.t, i: this.i });
  }

  publish(changes: readonly Change[]): void {
    const wallTime = new Date();
    for (const change of changes) {
      const seq = ++this.last;
      const clusterTime = this.nextTime();
      this.i++;
      this.entries.push({ ...change, seq, clusterTime, wallTime });
      this.bytes += sizeOf(change);
    }
    this.trim();
    for (const listener of [...this.listeners]) listener();
  }

  /** The changes after a place. */
  *after(seq: number): Generator<LoggedChange> {
    let lo = 0;
    let hi = this.entries.length;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      if ((this.entries[mid] as LoggedChange).seq <= seq) lo = mid + 1;
      else hi = mid;
    }
    for (let i = lo; i < this.entries.length; i++) yield this.entries[i] as LoggedChange;
  }

  /** The place just before the first change at or after a time. */
  placeOf(time: Timestamp): number {
    const entry = this.entries.find((e) => e.clusterTime.greaterThanOrEqual(time));
    return entry ? entry.seq - 1 : this.last;
  }

  /** Resolves at the next change, after `ms`, or when `stop` is called with the listener. */
  wait(ms: number): { promise: Promise<void>; stop(): void } {
    let stop = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      stop = () => {
        clearTimeout(timer);
        this.listeners.delete(stop);
        resolve();
      };
      const timer = setTimeout(stop, ms);
      this.listeners.add(stop);
    });
    return { promise, stop: () => stop() };
  }

  private trim(): void {
    let drop = Math.max(0, this.entries.length - MAX_CHANGES * 1.2);
    if (drop) drop = this.entries.length - MAX_CHANGES;
    let bytes = this.bytes;
    for (let i = 0; i < drop; i++) bytes -= sizeOf(this.entries[i] as LoggedChange);
    while (bytes > this.maxBytes && drop < this.entries.length)
      bytes -= sizeOf(this.entries[drop++] as LoggedChange);
    if (!drop) return;
    this.floor = (this.entries[drop - 1] as LoggedChange).seq;
    this.entries = this.entries.slice(drop);
    this.bytes = bytes;
  }
}

const sizeOf = (change: Change): number =>
  (change.fullDocument?.length ?? 0) * 2 + (change.before?.length ?? 0) + 200;
