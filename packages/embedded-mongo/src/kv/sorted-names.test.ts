import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedNames } from './sorted-names.ts';

const name = fc.string({ maxLength: 4 });

describe('sorted names', () => {
  it('give what lies in a range, in order, however many there are and in whatever order they came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 0, maxLength: 3000, size: 'max' }),
        fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 20 }),
        (added, ranges) => {
          const names = new SortedNames();
          for (const one of added) names.add(one);
          for (const [lo, hi] of ranges)
            expect(names.between(lo, hi)).toEqual(
              added.filter((one) => one >= lo && one < hi).sort(),
            );
        },
      ),
      // Making a list of thousands smaller takes longer than anybody waits.
      { numRuns: 60, endOnFailure: true },
    );
  });
});
