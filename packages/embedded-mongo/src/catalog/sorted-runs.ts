import { mergeSorted } from '../order/index.ts';
import type { SpillFile } from '../spill/spill-file.ts';
import type { Spills } from '../spill/spills.ts';

/** One key of an index to be built, and the row it leads to at its end. */
export type BuiltKey = Buffer;

// Sorting this many takes a few milliseconds.
const RUN_KEYS = 6000;
const KEY_OVERHEAD = 120;

/**
 * Sorts more keys than memory may hold: short sorted runs, merged into files when they would take
 * too much, merged again when they are read.
 */
export class SortedRuns {
  private readonly spills: Spills;
  private readonly maxBytes: number;
  private current: BuiltKey[] = [];
  private runs: BuiltKey[][] = [];
  private bytes = 0;
  private files: SpillFile[] = [];
  /** How many keys were added. */
  size = 0;

  constructor(spills: Spills, maxBytes: number) {
    this.spills = spills;
    this.maxBytes = maxBytes;
  }

  /** How many files were written because memory was used up. */
  get spilled(): number {
    return this.files.length;
  }

  add(key: BuiltKey): void {
    this.current.push(key);
    this.size++;
    this.bytes += key.length + KEY_OVERHEAD;
    if (this.current.length >= RUN_KEYS) this.closeRun();
  }

  /** Whether `spill` should be called. */
  get full(): boolean {
    return this.bytes > this.maxBytes;
  }

  /** Writes what is in memory to a file, in pieces, giving way after each. */
  *spill(): Generator<void> {
    this.closeRun();
    const file = this.spills.begin();
    this.files.push(file);
    let n = 0;
    for (const key of merge(this.runs.map((run) => run.values()))) {
      file.write(key);
      if (++n % 1000 === 0) yield;
    }
    file.finish();
    this.runs = [];
    this.bytes = 0;
  }

  /** All keys in order. */
  read(): Generator<BuiltKey> {
    this.closeRun();
    return merge([...this.runs.map((run) => run.values()), ...this.files.map((f) => f.read())]);
  }

  /** Removes the files. */
  close(): void {
    for (const file of this.files) file.close();
    this.runs = [];
    this.files = [];
  }

  private closeRun(): void {
    if (!this.current.length) return;
    this.runs.push(this.current.sort(Buffer.compare));
    this.current = [];
  }
}

const merge = (sequences: Iterator<BuiltKey>[]): Generator<BuiltKey> =>
  mergeSorted(sequences, Buffer.compare);
