import { MongoError } from '../errors.ts';
import type { Doc } from '../values/index.ts';

/** The greatest batch, in bytes; a greater one would keep memory and others waiting. */
export const BATCH_BYTES = 1024 * 1024;
/** The greatest answer to those who ask for a single batch. */
export const SINGLE_BATCH_BYTES = 16 * 1024 * 1024;
/** How many documents a first batch has when the client does not say. */
export const FIRST_BATCH = 101;
/**
 * How long a cursor waits for its client.
 * @see https://www.mongodb.com/docs/manual/reference/parameters/#mongodb-parameter-param.cursorTimeoutMillis
 */
const CURSOR_LIFETIME_MS = 10 * 60_000;

/** What is given of a cursor at once. */
export interface Batch {
  documents: Uint8Array[];
  /** There is nothing more. */
  done: boolean;
  /** Further fields of the `cursor` document. */
  more?: Doc;
}

/** Who asks for a batch, and when to stop. */
export interface Reading {
  /** Lets others have their turn. @throws when the time is up or the client is gone */
  breathe(): Promise<void>;
  /** How long a tailing cursor may wait for something to come, in milliseconds. */
  awaitMs: number;
}

/** Something that gives documents batch by batch. */
export interface Source {
  /** @param maxBytes default BATCH_BYTES */
  batch(max: number, reading: Reading, maxBytes?: number): Promise<Batch>;
  close(): void;
}

/** A source that a client goes on with by its id. */
export interface Cursor {
  id: bigint;
  db: string;
  collection: string;
  source: Source;
  /** The session it belongs to, if any. */
  session: string | undefined;
  /** The number of the transaction it belongs to, if any. */
  transaction: bigint | undefined;
  tailing: boolean;
  immortal: boolean;
  busy: boolean;
  usedAt: number;
}

/** All open cursors. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  // Begins at the time, so that a cursor of an earlier process is not mistaken for one of this.
  private nextId = BigInt(Date.now()) << 20n;

  get size(): number {
    return this.open.size;
  }

  add(cursor: Omit<Cursor, 'id' | 'usedAt' | 'busy'>): bigint {
    const id = this.nextId++;
    this.open.set(id, { ...cursor, id, usedAt: Date.now(), busy: false });
    return id;
  }

  /** @throws MongoError 43 when it is unknown */
  get(id: bigint): Cursor {
    const cursor = this.open.get(id);
    if (cursor) return cursor;
    throw new MongoError(43, `cursor id ${id} not found`);
  }

  /** Closes a cursor; false when it is unknown. */
  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    this.open.delete(id);
    cursor.source.close();
    return true;
  }

  killOf(session: string): void {
    for (const cursor of [...this.open.values()])
      if (cursor.session === session) this.kill(cursor.id);
  }

  /** Closes what its client has forgotten. */
  expire(): void {
    const before = Date.now() - CURSOR_LIFETIME_MS;
    for (const cursor of [...this.open.values()])
      if (!cursor.busy && !cursor.immortal && cursor.usedAt < before) this.kill(cursor.id);
  }

  killAll(): void {
    for (const id of [...this.open.keys()]) this.kill(id);
  }
}
