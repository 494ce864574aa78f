import type { Long } from 'bson';
import {
  letGo,
  mergeSorted,
  packKey,
  type Sorter,
  type SortKey,
  unpackKey,
} from '../order/index.ts';
import type { SpillFile } from '../spill/spill-file.ts';
import { refusedToSpill, type Spills } from '../spill/spills.ts';
import { roughSize, toNumber } from '../values/index.ts';
import type { Row } from './rows.ts';

interface Entry {
  id: number;
  /** The document, as long as there is memory for all of them; afterwards it is read again. */
  row: Row | null;
  key: SortKey;
}

/** What a sort may use. */
export interface SortRoom {
  /** How many bytes it may hold in memory; default any number. */
  maxBytes?: number | undefined;
  /** Where it may put what is more; without it is refused. */
  spills?: Spills | undefined;
}

// Sorting this many takes a few milliseconds, so no slice is much longer for it.
const RUN = 4096;
const ENTRY_BYTES = 200;
// Writing so many takes less than a millisecond.
const SPILLED_AT_ONCE = 256;

/**
 * Sorts rows as they come: in short sorted runs that are merged when rows are taken out, or, when
 * only the first few are wanted, by keeping only those. When the documents take more than its room
 * it lets go of them and keeps their sort keys, reading each again when its turn comes; when those
 * take more as well, they go to disk.
 */
export class Sorting {
  private readonly sorter: Sorter;
  private readonly keep: number;
  private readonly maxBytes: number;
  private readonly spills: Spills | undefined;
  private readonly read: (id: number) => Row | undefined;
  private lean = false;
  private keyBytes = 0;
  private bytes = 0;
  private run: Entry[] = [];
  private runs: Entry[][] = [];
  private readonly files: SpillFile[] = [];
  private merged: Generator<Entry> | null = null;

  /**
   * @param keep how many of the first rows are wanted at most
   * @param read reads a row again; gives nothing when it is gone
   */
  constructor(sorter: Sorter, keep: number, room: SortRoom, read: (id: number) => Row | undefined) {
    this.sorter = sorter;
    this.keep = keep;
    this.maxBytes = room.maxBytes ?? Infinity;
    this.spills = room.spills;
    this.read = read;
  }

  /** Whether `spill` has to be called before more is added. */
  get full(): boolean {
    return this.bytes > this.maxBytes;
  }

  /** @throws MongoError 292 when even the keys take too much and may not go to disk */
  add(row: Row, key: SortKey): void {
    this.run.push({ id: row.id, row: this.lean ? null : row, key });
    const keyBytes = ENTRY_BYTES + roughSize(key);
    this.keyBytes += keyBytes;
    this.bytes += keyBytes + (this.lean ? 0 : row.raw.length);
    if (this.keep <= RUN / 2) {
      if (this.run.length >= Math.max(1000, this.keep * 2)) this.cut();
    } else if (this.run.length >= RUN) this.close();
    if (!this.full) return;
    if (this.keep <= RUN / 2) this.cut();
    if (this.full && !this.lean) this.letGoOfRows();
    if (this.full && !this.spills) throw refusedToSpill(this.maxBytes);
  }

  /** Writes what is in memory to a file, in pieces, giving way after each. */
  *spill(): Generator<void> {
    if (!this.spills) return;
    this.close();
    const file = this.spills.begin();
    this.files.push(file);
    let n = 0;
    for (const { id, key } of this.merge(this.runs.map(letGo))) {
      file.write(packKey(key, { id }));
      if (++n % SPILLED_AT_ONCE === 0) yield;
    }
    file.finish();
    this.runs = [];
    this.bytes = 0;
    this.keyBytes = 0;
  }

  /** The next row in order; nothing may be added any more. */
  next(): Row | undefined {
    this.merged ??= this.merge(this.sequences());
    for (;;) {
      const next = this.merged.next();
      if (next.done) return undefined;
      const row = next.value.row ?? this.read(next.value.id);
      if (row) return row;
    }
  }

  /** Lets go of everything, on disk as well. */
  end(): void {
    for (const file of this.files) file.close();
    this.run = [];
    this.runs = [];
  }

  private order(entries: Entry[]): void {
    entries.sort((a, b) => this.sorter.compare(a.key, b.key));
  }

  private close(): void {
    if (!this.run.length) return;
    this.order(this.run);
    this.runs.push(this.run);
    this.run = [];
  }

  private cut(): void {
    this.order(this.run);
    if (this.run.length > this.keep) this.run.length = this.keep;
    this.keyBytes = 0;
    this.bytes = 0;
    for (const { row, key } of this.run) {
      const keyBytes = ENTRY_BYTES + roughSize(key);
      this.keyBytes += keyBytes;
      this.bytes += keyBytes + (row?.raw.length ?? 0);
    }
  }

  private letGoOfRows(): void {
    this.lean = true;
    for (const run of [...this.runs, this.run]) for (const entry of run) entry.row = null;
    this.bytes = this.keyBytes;
  }

  /** All that was added, in sorted sequences in the order in which they came. */
  private sequences(): Iterator<Entry>[] {
    this.close();
    return [...this.files.map((file) => this.entriesOf(file)), ...this.runs.map(letGo)];
  }

  private *entriesOf(file: SpillFile): Generator<Entry> {
    for (const record of file.read()) {
      const { key, more } = unpackKey(record, this.sorter.fields.length);
      yield { id: toNumber(more['id'] as number | Long), row: null, key };
    }
  }

  private merge(sequences: Iterator<Entry>[]): Generator<Entry> {
    return mergeSorted(sequences, (a, b) => this.sorter.compare(a.key, b.key));
  }
}
