import { setTimeout as sleep } from 'node:timers/promises';
import { MongoError } from '../errors.ts';
import { Slice } from '../kv/turns.ts';
import type { Reader } from '../kv/view.ts';
import type { Predicate } from '../match/index.ts';
import { Row } from '../plan/index.ts';
import { type Collection, documentKey, rowOf } from '../store/index.ts';
import { BATCH_BYTES, type Source } from './cursors.ts';

// How often a waiting cursor looks whether something has come.
const LOOK_EVERY_MS = 10;

/** What a tailable cursor follows. */
export interface Tail {
  view: Reader;
  collection: Collection;
  matches: Predicate;
  toBson(row: Row): Uint8Array;
  /** Whether a batch waits for something to come. */
  awaits: boolean;
  /** How many documents at most. */
  limit: number;
}

/**
 * Gives what a capped collection holds, then what comes.
 * @see https://www.mongodb.com/docs/manual/core/tailable-cursors/
 */
export function tailSource(tail: Tail): Source {
  const { view, collection: c, matches, toBson } = tail;
  let { limit: left } = tail;
  let last = 0;
  let closed = false;
  let first = true;
  const slice = new Slice();

  /** Reads on within one slice; true when it came to the end. */
  const read = (documents: Uint8Array[], max: number, room: { bytes: number }): boolean => {
    const scan = view.scan(documentKey(c.id, last + 1), c.range.hi, false, true);
    try {
      for (let key = scan.next(); key; key = scan.next()) {
        const row = new Row(rowOf(key), Buffer.from(scan.value()));
        if (matches(row.doc, {})) {
          const document = toBson(row);
          documents.push(document);
          room.bytes -= document.length;
          left--;
        }
        last = row.id;
        if (documents.length >= max || room.bytes <= 0 || left <= 0 || slice.over) return false;
      }
      return true;
    } finally {
      scan.close();
    }
  };

  return {
    async batch(max, reading) {
      const documents: Uint8Array[] = [];
      const room = { bytes: BATCH_BYTES };
      const until = performance.now() + (first || !tail.awaits ? 0 : reading.awaitMs);
      if (last && !c.dropped && !view.get(documentKey(c.id, last))) throw positionLost(last);
      const empty = first && c.count === 0;
      first = false;
      slice.begin();
      while (!closed && !c.dropped && left > 0 && documents.length < max && room.bytes > 0) {
        const ended = read(documents, max, room);
        if (ended && (documents.length || performance.now() >= until)) break;
        if (ended) await sleep(LOOK_EVERY_MS);
        await reading.breathe();
        slice.begin();
      }
      return { documents, done: empty || closed || c.dropped || left <= 0 };
    },
    close() {
      closed = true;
    },
  };
}

const positionLost = (row: number): MongoError =>
  new MongoError(
    136,
    `CollectionScan died due to position in capped collection being deleted. Last seen record id: RecordId(${row})`,
  );
