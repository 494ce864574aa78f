/** Holds one value and tells who listens when it is replaced. */
export interface Store<S> {
  get(): S;
  set(change: Partial<S>): void;
  listen(listener: () => void): () => void;
}

export function createStore<S extends object>(first: S): Store<S> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
