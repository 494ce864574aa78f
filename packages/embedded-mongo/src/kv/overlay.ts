import { MongoError } from '../errors.ts';
import { SortedNames } from './sorted-names.ts';
import type { Scan, Snapshot, View } from './view.ts';

const LATIN = 'latin1';
/** What an entry takes beside its key and its value, about. */
const ENTRY_BYTES = 150;

/** A transaction's own changes over a frozen view; nothing reaches the store until they are replayed. */
export class Overlay implements View {
  private readonly base: Snapshot;
  private readonly changes = new Map<string, Buffer | null>();
  private readonly order = new SortedNames();
  private readonly maxBytes: number;
  private bytes = 0;

  /** @param maxBytes what it may hold in memory */
  constructor(base: Snapshot, maxBytes = Number.POSITIVE_INFINITY) {
    this.base = base;
    this.maxBytes = maxBytes;
  }

  /** How many keys were changed. */
  get size(): number {
    return this.changes.size;
  }

  /** Every changed key with its new value, null where it was removed. */
  *entries(): Generator<[Buffer, Buffer | null]> {
    for (const [key, value] of this.changes) yield [Buffer.from(key, LATIN), value];
  }

  get(key: Buffer): Buffer | undefined {
    const own = this.changes.get(key.toString(LATIN));
    return own === undefined ? this.base.get(key) : (own ?? undefined);
  }

  put(key: Buffer, value: Buffer): void {
    this.set(key, Buffer.from(value));
  }

  del(key: Buffer): void {
    this.set(key, null);
  }

  scan(lo: Buffer, hi: Buffer, reverse: boolean, values: boolean): Scan {
    const own = this.order.between(lo.toString(LATIN), hi.toString(LATIN));
    if (reverse) own.reverse();
    const base = this.base.scan(lo, hi, reverse, values);
    const before = reverse
      ? (a: string, b: string): boolean => a > b
      : (a: string, b: string): boolean => a < b;
    let at = 0;
    let value: Buffer | undefined;
    let baseKey: Buffer | undefined;
    let baseName: string | undefined;
    const advance = (): void => {
      baseKey = base.next();
      baseName = baseKey?.toString(LATIN);
    };
    advance();
    return {
      next: () => {
        for (;;) {
          const name = own[at];
          if (name === undefined && baseName === undefined) return undefined;
          if (name === undefined || (baseName !== undefined && before(baseName, name))) {
            const key = baseKey;
            value = values ? base.value() : undefined;
            advance();
            return key;
          }
          if (baseName === name) advance();
          at++;
          const changed = this.changes.get(name);
          if (!changed) continue;
          value = changed;
          return Buffer.from(name, LATIN);
        }
      },
      value: () => value as Buffer,
      close: () => base.close(),
    };
  }

  /** @throws MongoError 313 when it would hold too much */
  private set(key: Buffer, value: Buffer | null): void {
    const name = key.toString(LATIN);
    const old = this.changes.get(name);
    this.bytes += (value?.length ?? 0) - (old?.length ?? 0);
    if (old === undefined) {
      this.bytes += ENTRY_BYTES + name.length;
      this.order.add(name);
    }
    if (this.bytes > this.maxBytes)
      throw new MongoError(
        313,
        'transaction is too large and will not fit in the storage engine cache',
      );
    this.changes.set(name, value);
  }
}
