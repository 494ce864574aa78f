import { PAUSE, type Row, type Selection } from '../plan/index.ts';
import { Slice, sliceEnd } from '../kv/turns.ts';
import { type Doc, encode } from '../values/index.ts';
import { type Batch, BATCH_BYTES, type Reading, type Source } from './cursors.ts';

/** Documents as a batch takes them: as long as they fit; one that does not waits for the next. */
class BatchFilling {
  readonly documents: Uint8Array[] = [];
  private bytes = 0;
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Adds a document; false when it does not fit any more. */
  add(document: Uint8Array): boolean {
    if (this.documents.length && this.bytes + document.length > this.maxBytes) return false;
    this.documents.push(document);
    this.bytes += document.length;
    return true;
  }
}

/** Gives a selection's documents, each through `toBson`. */
export function selectionSource(selection: Selection, toBson: (row: Row) => Uint8Array): Source {
  let held: Uint8Array | null = null;
  return {
    async batch(max, reading, maxBytes = BATCH_BYTES) {
      const filling = new BatchFilling(maxBytes);
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
    close: () => selection.close(),
  };
}

/** Reading that several parts of a flow share: its slices, and how to put it aside between two. */
export interface Reads {
  slice: Slice;
  suspend(): void;
}

/** Gives documents that are made one by one; a null is a moment at which to look at the clock. */
export function flowSource(
  flow: Iterable<Doc | null>,
  reads: Reads = { slice: new Slice(), suspend: () => undefined },
): Source {
  const { slice } = reads;
  const items = flow[Symbol.iterator]();
  let held: Uint8Array | null = null;
  let ended = false;
  /** The next document; null at the end; PAUSE when the slice is over. */
  const pull = (): Uint8Array | null | typeof PAUSE => {
    if (held) {
      const document = held;
      held = null;
      return document;
    }
    while (!ended) {
      const next = items.next();
      if (next.done) ended = true;
      else if (next.value) return encode(next.value);
      else if (slice.over) return PAUSE;
    }
    return null;
  };
  return {
    async batch(max, reading, maxBytes = BATCH_BYTES): Promise<Batch> {
      const filling = new BatchFilling(maxBytes);
      const { documents } = filling;
      // One more than asked for: whether there is more has to be known.
      slice.begin();
      for (;;) {
        if (max === 0) return { documents, done: false };
        const document = pull();
        if (document === null) return { documents, done: true };
        if (document !== PAUSE && (documents.length >= max || !filling.add(document))) {
          held = document;
          reads.suspend();
          return { documents, done: false };
        }
        if (document !== PAUSE && !slice.over) continue;
        reads.suspend();
        await reading.breathe();
        slice.begin();
      }
    },
    close() {
      ended = true;
      reads.suspend();
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
    selection.close();
  }
}

/** Runs work that gives way now and then, slice by slice. */
export async function gradually<T>(work: Generator<null, T>, reading: Reading): Promise<T> {
  const slice = new Slice();
  slice.begin();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (!slice.over) continue;
    await reading.breathe();
    slice.begin();
  }
}
