import type { Reader, Scan } from '../kv/view.ts';
import type { KeyRange } from '../store/index.ts';

/** A walk over keys that can be put aside, its read transaction let go, and gone on with later. */
export interface Walk {
  next(): Buffer | undefined;
  /** The value under the last key, for walks that read values. */
  value(): Buffer;
  suspend(): void;
}

const ZERO = Buffer.from([0]);

/** Walks ranges one after the other. */
export class RangeWalk implements Walk {
  private readonly view: Reader;
  private readonly ranges: readonly KeyRange[];
  private readonly reverse: boolean;
  private readonly values: boolean;
  private scan: Scan | null = null;
  private last: Buffer | null = null;
  private at = 0;
  private current: Buffer | undefined;

  constructor(view: Reader, ranges: readonly KeyRange[], reverse: boolean, values: boolean) {
    this.view = view;
    this.ranges = ranges;
    this.reverse = reverse;
    this.values = values;
  }

  next(): Buffer | undefined {
    for (;;) {
      const range = this.ranges[this.at];
      if (!range) return undefined;
      this.scan ??= this.open(range);
      const key = this.scan.next();
      if (key) {
        this.last = key;
        if (this.values) this.current = this.scan.value();
        return key;
      }
      this.suspend();
      this.last = null;
      this.at++;
    }
  }

  value(): Buffer {
    return this.current as Buffer;
  }

  suspend(): void {
    this.scan?.close();
    this.scan = null;
  }

  private open({ lo, hi }: KeyRange): Scan {
    const from = this.last && !this.reverse ? Buffer.concat([this.last, ZERO]) : lo;
    const to = this.last && this.reverse ? this.last : hi;
    return this.view.scan(from, to, this.reverse, this.values);
  }
}

interface Head {
  walk: RangeWalk;
  common: number;
  key: Buffer | undefined;
}

/** Walks several ranges at once in the order of what follows their common bytes. */
export class MergeWalk implements Walk {
  private readonly heads: Head[];
  private readonly sign: number;
  private started = false;

  constructor(
    view: Reader,
    ranges: readonly KeyRange[],
    common: readonly number[],
    reverse: boolean,
  ) {
    this.sign = reverse ? -1 : 1;
    this.heads = ranges.map((range, i) => ({
      walk: new RangeWalk(view, [range], reverse, false),
      common: common[i] as number,
      key: undefined,
    }));
  }

  next(): Buffer | undefined {
    if (!this.started) {
      this.started = true;
      for (const head of this.heads) head.key = head.walk.next();
    }
    let best: Head | undefined;
    for (const head of this.heads) if (head.key && (!best || this.before(head, best))) best = head;
    if (!best) return undefined;
    const key = best.key;
    best.key = best.walk.next();
    return key;
  }

  value(): Buffer {
    throw new Error('a merge reads keys only');
  }

  suspend(): void {
    for (const head of this.heads) head.walk.suspend();
  }

  private before(a: Head, b: Head): boolean {
    const x = a.key as Buffer;
    const y = b.key as Buffer;
    return x.compare(y, b.common, y.length, a.common, x.length) * this.sign < 0;
  }
}
