import type { Stores } from '../../src/domain/stores.ts';

const WRITES =
  /^(begin|step|done|append|bump|save|rate|consent|claim|release|decline|snooze|move|close|reopen|archive|join|leave|addWays|change|setTags|record|note|written)$/;

/** Stores that die before the write at which `dies` says so, and once dead stay dead. */
export function dyingStores(stores: Stores, dies: () => boolean): Stores {
  let dead = false;
  const wrap = (value: object): object =>
    new Proxy(value, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === 'function' && WRITES.test(String(name)))
          return (...given: unknown[]) => {
            dead ||= dies();
            if (dead) return Promise.reject(new Error('died'));
            return (member as (...all: unknown[]) => unknown)(...given);
          };
        return member !== null && typeof member === 'object' ? wrap(member) : member;
      },
    });
  return wrap(stores) as Stores;
}
