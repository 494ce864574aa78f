import { MongoError } from '../errors.ts';
import type { Sorter, SortKey } from '../order/index.ts';
import { roughSize } from '../values/index.ts';
import type { Row } from './rows.ts';

interface Entry {
  id: number;
  /** The document, as long as there is memory for all of them; afterwards it is read again. */
  row: Row | null;
  key: SortKey;
}

// Sorting this many takes a few milliseconds, so no slice is much longer for it.
const RUN = 4096;
const ENTRY_BYTES = 200;

/**
 * Sorts rows as they come: in short sorted runs that are merged when rows are taken out, or, when
 * only the first few are wanted, by keeping only those. When the documents take more than
 * `maxBytes` it lets go of them and keeps their sort keys, reading each again when its turn comes.
 */
export class Sorting {
  private readonly sorter: Sorter;
  private readonly keep: number;
  private readonly maxBytes: number;
  private readonly read: (id: number) => Row | undefined;
  private lean = false;
  private keyBytes = 0;
  private bytes = 0;
  private run: Entry[] = [];
  private runs: Entry[][] = [];
  /** A heap of runs by their next entry. */
  private heap: { run: Entry[]; at: number }[] | null = null;

  /**
   * @param keep how many of the first rows are wanted at most
   * @param read reads a row again; gives nothing when it is gone
   */
  constructor(
    sorter: Sorter,
    keep: number,
    maxBytes: number,
    read: (id: number) => Row | undefined,
  ) {
    this.sorter = sorter;
    this.keep = keep;
    this.maxBytes = maxBytes;
    this.read = read;
  }

  /** @throws MongoError 292 when even the keys take too much */
  add(row: Row, key: SortKey): void {
    this.run.push({ id: row.id, row: this.lean ? null : row, key });
    const keyBytes = ENTRY_BYTES + roughSize(key);
    this.keyBytes += keyBytes;
    this.bytes += keyBytes + (this.lean ? 0 : row.raw.length);
    if (this.keep <= RUN / 2) {
      if (this.run.length >= Math.max(1000, this.keep * 2)) this.cut();
    } else if (this.run.length >= RUN) this.close();
    if (this.bytes <= this.maxBytes) return;
    if (this.keep <= RUN / 2) this.cut();
    if (this.bytes > this.maxBytes) this.letGo();
  }

  /** The next row in order; nothing may be added any more. */
  next(): Row | undefined {
    for (;;) {
      const entry = this.pop();
      if (!entry) return undefined;
      const row = entry.row ?? this.read(entry.id);
      if (row) return row;
    }
  }

  private pop(): Entry | undefined {
    this.heap ??= this.merge();
    const top = this.heap[0];
    if (!top) return undefined;
    const entry = top.run[top.at] as Entry;
    // Let go of it: a long answer must not hold what it has already given.
    top.run[top.at] = undefined as unknown as Entry;
    top.at++;
    if (top.at >= top.run.length) {
      const last = this.heap.pop() as { run: Entry[]; at: number };
      if (this.heap.length) this.heap[0] = last;
    }
    this.sink(this.heap, 0);
    return entry;
  }

  private order(entries: Entry[]): void {
    entries.sort((a, b) => this.sorter.compare(a.key, b.key));
  }

  private close(): void {
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

  private letGo(): void {
    if (this.lean) throw tooLarge(this.maxBytes);
    this.lean = true;
    for (const run of [...this.runs, this.run]) for (const entry of run) entry.row = null;
    this.bytes = this.keyBytes;
  }

  private merge(): { run: Entry[]; at: number }[] {
    if (this.run.length) this.close();
    const heap = this.runs.map((run) => ({ run, at: 0 }));
    this.runs = [];
    for (let i = (heap.length >> 1) - 1; i >= 0; i--) this.sink(heap, i);
    return heap;
  }

  private sink(heap: { run: Entry[]; at: number }[], from: number): void {
    for (let i = from; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && this.before(heap, child, least)) least = child;
      if (least === i) return;
      const moved = heap[i] as { run: Entry[]; at: number };
      heap[i] = heap[least] as { run: Entry[]; at: number };
      heap[least] = moved;
      i = least;
    }
  }

  private before(heap: { run: Entry[]; at: number }[], i: number, j: number): boolean {
    const a = heap[i] as { run: Entry[]; at: number };
    const b = heap[j] as { run: Entry[]; at: number };
    const x = a.run[a.at] as Entry;
    const y = b.run[b.at] as Entry;
    const d = this.sorter.compare(x.key, y.key);
    // Equal keys keep the order in which they came.
    return d < 0 || (d === 0 && x.id < y.id);
  }
}

const tooLarge = (maxBytes: number): MongoError =>
  new MongoError(
    292,
    `Executor error during find command :: caused by :: Sort exceeded memory limit of ${maxBytes} bytes, but did not opt in to external sorting. (The embedded database offers none; allowDiskUse changes nothing.)`,
  );
