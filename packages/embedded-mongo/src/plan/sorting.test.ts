import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sorterOf } from '../order/index.ts';
import { decode, encode } from '../values/index.ts';
import { Row } from './rows.ts';
import { Sorting } from './sorting.ts';

const rowOf = (id: number, n: number): Row => new Row(id, encode({ n, text: 'x'.repeat(100) }));

function sorted(numbers: readonly number[], keep: number, maxBytes: number): number[] {
  const sorter = sorterOf({ n: 1 });
  const rows = numbers.map((n, i) => rowOf(i, n));
  const sorting = new Sorting(sorter, keep, maxBytes, (id) => rows[id]);
  for (const row of rows) sorting.add(row, sorter.keyOf(decode(row.raw)));
  const out: number[] = [];
  for (let row = sorting.next(); row && out.length < keep; row = sorting.next())
    out.push(row.doc['n'] as number);
  return out;
}

describe('sorting rows in runs', () => {
  it('gives what sorting them at once gives, all of them or the first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 400 }),
        fc.constantFrom(1, 5, 100, Number.POSITIVE_INFINITY),
        (numbers, keep) => {
          const expected = [...numbers].sort((a, b) => a - b).slice(0, keep);
          expect(sorted(numbers, keep, Number.POSITIVE_INFINITY)).toEqual(expected);
        },
      ),
    );
  });

  it('gives the same from many runs and with documents let go for want of memory', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 20_011);
    const expected = [...numbers].sort((a, b) => a - b);
    expect(sorted(numbers, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual(expected);
    expect(sorted(numbers, Number.POSITIVE_INFINITY, 5_000_000)).toEqual(expected);
    expect(sorted(numbers, 3000, 5_000_000)).toEqual(expected.slice(0, 3000));
  });

  it('is refused when even the keys take too much', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i);
    expect(() => sorted(numbers, Number.POSITIVE_INFINITY, 100_000)).toThrow(
      /Sort exceeded memory limit/,
    );
  });
});
