import type { Stores } from '../../src/domain/stores.ts';

/** Hears what reached the database: which store, which method, what it was given and what it answered. */
export type Witness = (store: string, method: string, given: unknown[], answer: unknown) => void;

/** Stores of a process that can die: from then on nothing it asks for reaches the database. */
export interface Mortal {
  stores: Stores;
  /** Dies after so many calls more. */
  dieAfter(calls: number): void;
  /** Resolves when what it asked for before has ended: it may still have been on its way. */
  settled(): Promise<void>;
}

/** Wraps them; `witness` hears every call that was answered, in the order of the answers. */
export function mortal(all: Stores, witness: Witness): Mortal {
  let left = Number.POSITIVE_INFINITY;
  const pending = new Set<Promise<unknown>>();
  const guard = (name: string, store: object): object =>
    new Proxy(store, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          if (left-- <= 0) throw new Error('This process is dead.');
          const asked = Promise.resolve(Reflect.apply(method, target, given) as unknown);
          pending.add(asked);
          const answer = await asked.finally(() => pending.delete(asked));
          witness(name, String(key), given, answer);
          return answer;
        };
      },
    });
  const guarded = Object.entries(all).map(([name, store]) => [name, guard(name, store as object)]);
  return {
    stores: Object.fromEntries(guarded) as Stores,
    dieAfter(calls) {
      left = calls;
    },
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}
