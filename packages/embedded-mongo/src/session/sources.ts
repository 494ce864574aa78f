import { PAUSE, type Row, type Selection } from '../plan/index.ts';
import { sliceEnd } from '../kv/turns.ts';
import { type Doc, encode } from '../values/index.ts';
import { type Batch, MAX_BATCH_BYTES, type Reading, type Source } from './cursors.ts';

/** Documents as a batch takes them: as long as they fit; one that does not waits for the next. */
class BatchFilling {
  readonly documents: Uint8Array[] = [];
  private bytes = 0;

  /** Adds a document; false when it does not fit any more. */
  add(document: Uint8Array): boolean {
    if (this.documents.length && this.bytes + document.length > MAX_BATCH_BYTES) return false;
    this.documents.push(document);
    this.bytes += document.length;
    return true;
  }
}

/** Gives a selection's documents, each through `toBson`. */
export function selectionSource(selection: Selection, toBson: (row: Row) => Uint8Array): Source {
  let held: Uint8Array | null = null;
  return {
    async batch(max, reading) {
      const filling = new BatchFilling();
      const { documents } = filling;
      if (held && max > 0) {
        filling.add(held);
        held = null;
      }
      try {
        for (let end = sliceEnd(), n = 1; documents.length < max; n++) {
          const row = selection.next(end);
          if (row === undefined) return { documents, done: true };
          if (row !== PAUSE) {
            const document = toBson(row);
            if (!filling.add(document)) {
              held = document;
              return { documents, done: false };
            }
            if (n % 64 !== 0 || performance.now() < end) continue;
          }
          selection.suspend();
          await reading.breathe();
          end = sliceEnd();
        }
        return { documents, done: held === null && selection.left <= 0 };
      } finally {
        selection.suspend();
      }
    },
    close: () => selection.suspend(),
  };
}

/** Gives documents that are made one by one; a null is a moment at which to look at the clock. */
export function flowSource(
  flow: Iterable<Doc | null>,
  suspend: () => void = () => undefined,
): Source {
  const items = flow[Symbol.iterator]();
  let held: Uint8Array | null = null;
  let ended = false;
  /** The next document; null at the end; PAUSE when the slice is over. */
  const pull = (end: number): Uint8Array | null | typeof PAUSE => {
    if (held) {
      const document = held;
      held = null;
      return document;
    }
    while (!ended) {
      const next = items.next();
      if (next.done) ended = true;
      else if (next.value) return encode(next.value);
      else if (performance.now() > end) return PAUSE;
    }
    return null;
  };
  return {
    async batch(max, reading): Promise<Batch> {
      const filling = new BatchFilling();
      const { documents } = filling;
      // One more than asked for: whether there is more has to be known.
      for (let n = 1, end = sliceEnd(); ; n++) {
        if (max === 0) return { documents, done: false };
        const document = pull(end);
        if (document === null) return { documents, done: true };
        if (document !== PAUSE && (documents.length >= max || !filling.add(document))) {
          held = document;
          suspend();
          return { documents, done: false };
        }
        if (document !== PAUSE && (n % 64 !== 0 || performance.now() < end)) continue;
        suspend();
        await reading.breathe();
        end = sliceEnd();
      }
    },
    close() {
      ended = true;
      suspend();
      items.return?.();
    },
  };
}

/** Gives documents that are there already. */
export const listSource = (documents: Iterable<Doc>): Source => flowSource(documents);

/** Reads a whole selection, slice by slice, and hands each row to `take`. */
export async function eachRow(
  selection: Selection,
  reading: Reading,
  take: (row: Row) => void,
): Promise<void> {
  try {
    for (let n = 1, end = sliceEnd(); ; n++) {
      const row = selection.next(end);
      if (row === undefined) return;
      if (row !== PAUSE) take(row);
      if (row !== PAUSE && (n % 64 !== 0 || performance.now() < end)) continue;
      selection.suspend();
      await reading.breathe();
      end = sliceEnd();
    }
  } finally {
    selection.suspend();
  }
}
