/** A walk over keys in one direction. `close` must be called when it is left before its end. */
export interface Scan {
  /** The next key, or undefined at the end. */
  next(): Buffer | undefined;
  /** The value under the key that `next` gave last; only for scans made with `values`. */
  value(): Buffer;
  close(): void;
}

/** Something that reads keys in byte order: the store itself, a snapshot, a transaction's overlay. */
export interface Reader {
  get(key: Buffer): Buffer | undefined;
  /** Keys in `[lo, hi)`; with `reverse` from the greatest down. */
  scan(lo: Buffer, hi: Buffer, reverse: boolean, values: boolean): Scan;
}

/** A reader that also takes changes. */
export interface View extends Reader {
  put(key: Buffer, value: Buffer): void;
  del(key: Buffer): void;
}

/** The store as it was at one moment; holds old pages in the file until `done`. */
export interface Snapshot extends Reader {
  done(): void;
}

/** The least key greater than every key that begins with `prefix`. */
export function successor(prefix: Buffer): Buffer {
  for (let i = prefix.length - 1; i >= 0; i--) {
    const byte = prefix[i] as number;
    if (byte !== 0xff) {
      const next = Buffer.from(prefix.subarray(0, i + 1));
      next[i] = byte + 1;
      return next;
    }
  }
  return Buffer.concat([prefix, Buffer.alloc(64, 0xff)]);
}
