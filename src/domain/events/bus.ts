import type { DomainEvent, DomainEventOf, DomainEventType } from './events.ts';

/** Tells listeners in this process what happened. Nothing durable hangs on it: sweeps repair what a crash cut off. */
export interface Bus {
  /** Listeners run in the order they were added, each in its own turn; their failures go to `onError`. */
  publish(event: DomainEvent): void;
  /** The same; resolves when all that listeners began with it has ended, also where it failed. */
  announce(event: DomainEvent): Promise<void>;
  on<T extends DomainEventType>(
    type: T,
    listener: (event: DomainEventOf<T>) => void | Promise<void>,
  ): () => void;
  onAny(listener: (event: DomainEvent) => void | Promise<void>): () => void;
}

/** A bus in memory. `onError` hears what a listener threw. */
export function createBus(onError: (error: unknown, event: DomainEvent) => void): Bus {
  type Listener = (event: DomainEvent) => void | Promise<void>;
  const byType = new Map<DomainEventType, Set<Listener>>();
  const all = new Set<Listener>();

  const call = (listener: Listener, event: DomainEvent): void | Promise<void> => {
    try {
      const result = listener(event);
      if (result instanceof Promise) return result.catch((error: unknown) => onError(error, event));
    } catch (error) {
      onError(error, event);
    }
  };
  const callAll = (event: DomainEvent): (void | Promise<void>)[] =>
    [...(byType.get(event.type) ?? []), ...all].map((listener) => call(listener, event));

  return {
    publish: (event) => void callAll(event),
    async announce(event) {
      await Promise.all(callAll(event));
    },
    on(type, listener) {
      const set = byType.get(type) ?? new Set<Listener>();
      byType.set(type, set);
      const wide = listener as Listener;
      set.add(wide);
      return () => set.delete(wide);
    },
    onAny(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
  };
}
