import { MongoError } from '../errors.ts';
import {
  letGo,
  mergeSorted,
  packKey,
  type Sorter,
  sorterOf,
  type SortKey,
  unpackKey,
} from '../order/index.ts';
import type { SpillFile } from '../spill/spill-file.ts';
import { refusedToSpill, type Spills } from '../spill/spills.ts';
import { isPlain, roughSize, type Doc, type Value } from '../values/index.ts';
import { BREATH } from './flow.ts';
import type { Stage, StageCompiler } from './types.ts';

interface Entry {
  doc: Doc;
  key: SortKey;
}

/** Runs of this many documents are sorted at a time, so that no single sort takes long. */
const RUN = 4096;
// Writing so many takes less than a millisecond.
const SPILLED_AT_ONCE = 64;

/** What a `$sort` may use. */
interface StageRoom {
  memoryBytes: number;
  /** Where it may put what is more; without it is refused. */
  spills: Spills | undefined;
}

/**
 * Sorts documents, on disk what is more than memory may hold.
 * @param limit only so many are wanted; default all
 */
export function sortStage(
  sorter: Sorter,
  { memoryBytes, spills }: StageRoom,
  limit = Number.POSITIVE_INFINITY,
): Stage {
  const order = (a: Entry, b: Entry): number => sorter.compare(a.key, b.key);
  return function* (input) {
    const files: SpillFile[] = [];
    let runs: Entry[][] = [];
    let run: Entry[] = [];
    let bytes = 0;
    const close = (): void => {
      runs.push(run.sort(order));
      run = [];
    };
    const spill = function* (): Generator<null> {
      if (!spills) throw refusedToSpill(memoryBytes);
      close();
      const file = spills.begin();
      files.push(file);
      let n = 0;
      for (const { doc, key } of mergeSorted(runs.map(letGo), order)) {
        file.write(packKey(key, { doc }));
        if (++n % SPILLED_AT_ONCE === 0) yield null;
      }
      file.finish();
      runs = [];
      bytes = 0;
    };
    try {
      let count = 0;
      for (const doc of input) {
        if (doc) {
          // A small limit holds no more than a few runs, whatever is read.
          if (limit > RUN) bytes += roughSize(doc);
          run.push({ doc, key: sorter.keyOf(doc) });
        }
        if (run.length >= Math.max(RUN, Math.min(limit * 2, RUN * 4))) {
          run.sort(order);
          if (run.length > limit) run.length = limit;
          else close();
        }
        if (bytes > memoryBytes) yield* spill();
        if (!doc || ++count % BREATH === 0) yield null;
      }
      close();
      const sequences = [...files.map((file) => entriesOf(file, sorter)), ...runs.map(letGo)];
      let left = limit;
      for (const { doc } of mergeSorted(sequences, order)) {
        if (left-- <= 0) return;
        yield doc;
      }
    } finally {
      for (const file of files) file.close();
    }
  };
}

function* entriesOf(file: SpillFile, sorter: Sorter): Generator<Entry> {
  for (const record of file.read()) {
    const { key, more } = unpackKey(record, sorter.fields.length);
    yield { doc: more['doc'] as Doc, key };
  }
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sort/ */
export const $sort: StageCompiler = (arg, scope) => sortStage(readSort(arg, scope.collator), scope);

/** Reads the argument of `$sort`. */
export function readSort(arg: Value, collator: Parameters<typeof sorterOf>[1]): Sorter {
  if (!isPlain(arg)) throw new MongoError(15973, 'the $sort key specification must be an object');
  if (Object.keys(arg).length === 0) {
    throw new MongoError(15976, '$sort stage must have at least one sort key');
  }
  return sorterOf(arg, collator);
}
