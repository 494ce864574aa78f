import type { Lmdb } from './lmdb.ts';
import { writeSliceEnd } from './turns.ts';

interface Queued {
  run(): void;
  done(): void;
}

/**
 * Gathers the writes of one event-loop turn into one durable commit. A write's promise settles
 * after the disk has it. When the disk refuses, `onFatal` is told once and no promise settles:
 * memory and file no longer agree, the process has to end.
 */
export class Commits {
  private queue: Queued[] = [];
  private busy = false;
  private dead = false;
  private readonly kv: Lmdb;
  private readonly onFatal: (error: Error) => void;
  private idleWaiters: (() => void)[] = [];

  constructor(kv: Lmdb, onFatal: (error: Error) => void) {
    this.kv = kv;
    this.onFatal = onFatal;
  }

  /**
   * Runs `work` inside the next commit. What it throws rejects the promise but does not undo what
   * it put before: check everything first, put afterwards.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let settle: () => void;
      this.queue.push({
        run() {
          try {
            const value = work();
            settle = () => resolve(value);
          } catch (error) {
            settle = () => reject(error);
          }
        },
        done: () => settle(),
      });
      if (this.busy) return;
      this.busy = true;
      setImmediate(() => this.drain());
    });
  }

  /** Resolves when nothing is queued. */
  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  private drain(): void {
    if (this.dead) return;
    const ran: Queued[] = [];
    const end = writeSliceEnd();
    try {
      this.kv.commit(() => {
        for (const item of this.queue) {
          item.run();
          ran.push(item);
          if (performance.now() > end) break;
        }
      });
    } catch (error) {
      this.dead = true;
      this.onFatal(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.queue = this.queue.slice(ran.length);
    for (const item of ran) item.done();
    if (this.queue.length) {
      setImmediate(() => this.drain());
      return;
    }
    this.busy = false;
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }
}
