import { MongoError } from '../errors.ts';
import { sorterOf, type Sorter, type SortKey } from '../order/index.ts';
import { isPlain, type Doc, type Value } from '../values/index.ts';
import { Budget } from './budget.ts';
import { BREATH } from './flow.ts';
import type { Stage, StageCompiler } from './types.ts';

interface Entry {
  doc: Doc;
  key: SortKey;
}

/** Runs of this many documents are sorted at a time, so that no single sort takes long. */
const RUN = 4096;

/**
 * Sorts documents.
 * @param memoryBytes what may be held
 * @param limit only so many are wanted; default all
 */
export function sortStage(
  sorter: Sorter,
  memoryBytes: number,
  limit = Number.POSITIVE_INFINITY,
): Stage {
  const order = (a: Entry, b: Entry): number => sorter.compare(a.key, b.key);
  return function* (input) {
    // A small limit holds no more than a few runs, whatever is read.
    const budget = limit <= RUN ? undefined : new Budget('$sort', memoryBytes);
    const runs: Entry[][] = [];
    let run: Entry[] = [];
    let count = 0;
    for (const doc of input) {
      if (doc) {
        budget?.take(doc);
        run.push({ doc, key: sorter.keyOf(doc) });
      }
      if (run.length >= Math.max(RUN, Math.min(limit * 2, RUN * 4))) {
        run.sort(order);
        if (run.length > limit) run.length = limit;
        else {
          runs.push(run);
          run = [];
        }
      }
      if (!doc || ++count % BREATH === 0) yield null;
    }
    runs.push(run.sort(order));
    let left = limit;
    for (const e of merge(runs, order)) {
      if (left-- <= 0) return;
      yield e.doc;
    }
  };
}

/** Merges sorted runs; of equal entries those of the earlier run come first. */
function* merge(runs: Entry[][], order: (a: Entry, b: Entry) => number): Generator<Entry> {
  const heap = runs.map((run, i) => ({ run, i, at: 0 })).filter((h) => h.run.length > 0);
  const less = (x: number, y: number): boolean => {
    const a = heap[x] as (typeof heap)[number];
    const b = heap[y] as (typeof heap)[number];
    const d = order(a.run[a.at] as Entry, b.run[b.at] as Entry);
    return d < 0 || (d === 0 && a.i < b.i);
  };
  const sink = (from: number): void => {
    let i = from;
    for (;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && less(child, least)) least = child;
      if (least === i) return;
      [heap[i], heap[least]] = [
        heap[least] as (typeof heap)[number],
        heap[i] as (typeof heap)[number],
      ];
      i = least;
    }
  };
  for (let i = heap.length >> 1; i >= 0; i--) sink(i);
  for (let top = heap[0]; top; top = heap[0]) {
    yield top.run[top.at] as Entry;
    top.at++;
    if (top.at === top.run.length) {
      const last = heap.pop();
      if (last && last !== top) heap[0] = last;
    }
    sink(0);
  }
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sort/ */
export const $sort: StageCompiler = (arg, scope) =>
  sortStage(readSort(arg, scope.collator), scope.memoryBytes);

/** Reads the argument of `$sort`. */
export function readSort(arg: Value, collator: Parameters<typeof sorterOf>[1]): Sorter {
  if (!isPlain(arg)) throw new MongoError(15973, 'the $sort key specification must be an object');
  if (Object.keys(arg).length === 0) {
    throw new MongoError(15976, '$sort stage must have at least one sort key');
  }
  return sorterOf(arg, collator);
}
