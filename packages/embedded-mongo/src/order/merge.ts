interface Head<T> {
  entry: T;
  rest: Iterator<T>;
  /** Which sequence it is. */
  n: number;
}

/** Merges sorted sequences; of equal entries those of the earlier sequence come first. */
export function* mergeSorted<T>(
  sequences: readonly Iterator<T>[],
  order: (a: T, b: T) => number,
): Generator<T> {
  const heap: Head<T>[] = [];
  for (const [n, rest] of sequences.entries()) {
    const first = rest.next();
    if (!first.done) heap.push({ entry: first.value, rest, n });
  }
  const before = (a: Head<T>, b: Head<T>): boolean => {
    const d = order(a.entry, b.entry);
    return d < 0 || (d === 0 && a.n < b.n);
  };
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i, before);
  for (let top = heap[0]; top; top = heap[0]) {
    const { entry } = top;
    const next = top.rest.next();
    if (!next.done) top.entry = next.value;
    else {
      const last = heap.pop() as Head<T>;
      if (heap.length) heap[0] = last;
    }
    sink(heap, 0, before);
    yield entry;
  }
}

function sink<T>(heap: Head<T>[], from: number, before: (a: Head<T>, b: Head<T>) => boolean): void {
  for (let i = from; ; ) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2])
      if (child < heap.length && before(heap[child] as Head<T>, heap[least] as Head<T>))
        least = child;
    if (least === i) return;
    const moved = heap[i] as Head<T>;
    heap[i] = heap[least] as Head<T>;
    heap[least] = moved;
    i = least;
  }
}

/** Gives a list's entries and lets go of each: what was given must not be held by the list. */
export function* letGo<T>(list: T[]): Generator<T> {
  for (let i = 0; i < list.length; i++) {
    const entry = list[i] as T;
    list[i] = undefined as T;
    yield entry;
  }
}
