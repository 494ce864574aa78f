import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** One key of an index to be built, and the row it leads to at its end. */
export type BuiltKey = Buffer;

const READ_BYTES = 64 * 1024;
// Sorting this many takes a few milliseconds.
const RUN_KEYS = 6000;
const KEY_OVERHEAD = 120;

/**
 * Sorts more keys than memory may hold: short sorted runs, merged into files when they would take
 * too much, merged again when they are read.
 */
export class SortedRuns {
  private readonly dir: string;
  private readonly maxBytes: number;
  private current: BuiltKey[] = [];
  private runs: BuiltKey[][] = [];
  private bytes = 0;
  private files: SpillFile[] = [];
  private folder: string | null = null;
  /** How many keys were added. */
  size = 0;

  /** @param dir where files may be put while the runs are in use */
  constructor(dir: string, maxBytes: number) {
    this.dir = dir;
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
    this.folder ??= mkdtempSync(path.join(this.dir, 'index-build-'));
    const file = new SpillFile(path.join(this.folder, `${this.files.length}.keys`));
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
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.runs = [];
    this.files = [];
  }

  private closeRun(): void {
    if (!this.current.length) return;
    this.runs.push(this.current.sort(Buffer.compare));
    this.current = [];
  }
}

/** Keys with their lengths before them, one after the other in a file. */
class SpillFile {
  private readonly fd: number;
  private pending: Buffer[] = [];
  private pendingBytes = 0;

  constructor(file: string) {
    this.fd = openSync(file, 'wx+', 0o600);
  }

  write(key: Buffer): void {
    const head = Buffer.allocUnsafe(2);
    head.writeUInt16LE(key.length, 0);
    this.pending.push(head, key);
    this.pendingBytes += key.length + 2;
    if (this.pendingBytes > READ_BYTES) this.finish();
  }

  finish(): void {
    if (this.pending.length) writeSync(this.fd, Buffer.concat(this.pending));
    this.pending = [];
    this.pendingBytes = 0;
  }

  *read(): Generator<Buffer> {
    let at = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.allocUnsafe(READ_BYTES);
      const n = readSync(this.fd, chunk, 0, READ_BYTES, at);
      if (!n) return;
      at += n;
      rest = Buffer.concat([rest, chunk.subarray(0, n)]);
      let p = 0;
      while (p + 2 <= rest.length) {
        const size = rest.readUInt16LE(p);
        if (p + 2 + size > rest.length) break;
        yield rest.subarray(p + 2, p + 2 + size);
        p += 2 + size;
      }
      rest = rest.subarray(p);
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}

interface Head {
  keys: Iterator<Buffer>;
  key: Buffer;
}

/** Merges sorted sequences. */
function* merge(sequences: Iterator<Buffer>[]): Generator<Buffer> {
  const heap: Head[] = [];
  for (const keys of sequences) {
    const first = keys.next();
    if (!first.done) heap.push({ keys, key: first.value });
  }
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i);
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.key;
    const next = top.keys.next();
    if (!next.done) top.key = next.value;
    else {
      const last = heap.pop() as Head;
      if (heap.length) heap[0] = last;
    }
    sink(heap, 0);
  }
}

function sink(heap: Head[], from: number): void {
  for (let i = from; ; ) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      const other = heap[child];
      if (other && other.key.compare((heap[least] as Head).key) < 0) least = child;
    }
    if (least === i) return;
    const moved = heap[i] as Head;
    heap[i] = heap[least] as Head;
    heap[least] = moved;
    i = least;
  }
}
