/**
 * Gathers things for a moment and hands them over together, in the order they came: a burst costs one look-up for all.
 * With `same`, of two things with the same key only the one that `keep` chooses goes on. The next handing over waits for
 * the one before.
 */
export interface Gather<T> {
  add(item: T): void;
  /** Resolves when everything added so far was handed over. */
  idle(): Promise<void>;
}

/** A gatherer; `onError` hears what `work` threw. */
export function gather<T>(
  delayMs: number,
  work: (items: T[]) => Promise<void>,
  onError: (error: unknown) => void,
  same?: { key(item: T): string; keep(kept: T, added: T): T },
): Gather<T> {
  let items: T[] = [];
  let places = new Map<string, number>();
  let tail: Promise<void> = Promise.resolve();
  let waiting = false;

  const flush = async (): Promise<void> => {
    waiting = false;
    const batch = items;
    items = [];
    places = new Map();
    try {
      await work(batch);
    } catch (error) {
      onError(error);
    }
  };
  const schedule = (): void => {
    waiting = true;
    tail = tail
      .then(
        () =>
          new Promise<void>((resolve) =>
            delayMs === 0 ? setImmediate(resolve) : setTimeout(resolve, delayMs),
          ),
      )
      .then(flush);
  };

  return {
    add(item) {
      const key = same?.key(item);
      const place = key === undefined ? undefined : places.get(key);
      const kept = place === undefined ? undefined : items[place];
      if (same && place !== undefined && kept !== undefined) {
        items[place] = same.keep(kept, item);
        return;
      }
      if (key !== undefined) places.set(key, items.length);
      items.push(item);
      if (!waiting) schedule();
    },
    async idle() {
      while (waiting) await tail;
      await tail;
    },
  };
}
