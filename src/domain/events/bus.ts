import type { DomainEvent, DomainEventOf, DomainEventType } from './events.ts';

/** Tells listeners in this process what happened. Nothing durable hangs on it: sweeps repair what a crash cut off. */
export interface Bus {
  /** Listeners run in the order they were added, each in its own turn; their failures go to `onError`. */
  publish(event: DomainEvent): void;
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

  const call = (listener: Listener, event: DomainEvent): void => {
    try {
      const result = listener(event);
      if (result instanceof Promise) result.catch((error: unknown) => onError(error, event));
    } catch (error) {
      onError(error, event);
    }
  };

  return {
    publish(event) {
      for (const listener of byType.get(event.type) ?? []) call(listener, event);
      for (const listener of all) call(listener, event);
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
