import type { Commits } from '../kv/commits.ts';
import type { Turns } from '../kv/turns.ts';
import type { View } from '../kv/view.ts';
import { garbageOf, garbageRange } from '../store/index.ts';

// About four milliseconds of removing.
const KEYS_PER_SLICE = 1500;

/** Removes the keys of dropped collections and indexes, slice by slice, also after a restart. */
export class Garbage {
  private readonly view: View;
  private readonly commits: Commits;
  private readonly turns: Turns;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(view: View, commits: Commits, turns: Turns) {
    this.view = view;
    this.commits = commits;
    this.turns = turns;
  }

  /** Starts to sweep if there is anything and nobody does already. */
  sweep(): void {
    if (this.running || this.stopped) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  /** Resolves when there is nothing left to sweep. */
  async finish(): Promise<void> {
    this.sweep();
    await this.running;
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(): Promise<void> {
    while (!this.stopped && (await this.commits.write(() => this.slice()))) await this.turns.next();
  }

  /** Removes some keys; false when nothing is left. */
  private slice(): boolean {
    const { lo, hi } = garbageRange();
    const records = this.view.scan(lo, hi, false, true);
    const record = records.next();
    const range = record && garbageOf(record, records.value());
    records.close();
    if (!record || !range) return false;
    const scan = this.view.scan(range.lo, range.hi, false, false);
    const keys: Buffer[] = [];
    let finished = true;
    for (let key = scan.next(); key; key = scan.next()) {
      keys.push(key);
      if (keys.length < KEYS_PER_SLICE) continue;
      finished = false;
      break;
    }
    scan.close();
    for (const key of keys) this.view.del(key);
    if (finished) this.view.del(record);
    return true;
  }
}
