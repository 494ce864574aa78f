import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortGradually } from './gradual.ts';

it('sorts a long list as an array sorts itself, equal elements in their order, in pieces', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 1, max: 500 }), (n, kinds) => {
      const list = Array.from({ length: n }, (_, i) => ({ i, key: (i * 7919) % kinds }));
      const order = (a: { key: number }, b: { key: number }): number => a.key - b.key;
      const work = sortGradually(list, order);
      let pauses = 0;
      let step = work.next();
      for (; !step.done; step = work.next()) pauses++;
      expect(step.value).toEqual(list.toSorted(order));
      expect(pauses).toBeGreaterThanOrEqual(Math.floor(n / 1024));
    }),
    { numRuns: 30 },
  );
});
