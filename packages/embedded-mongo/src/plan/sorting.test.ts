import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MongoError } from '../errors.ts';
import { packKey, sorterOf, unpackKey } from '../order/index.ts';
import { decode, encode } from '../values/index.ts';
import { freshFolder } from '../../test/harness.ts';
import { Spills } from '../spill/spills.ts';
import { Row } from './rows.ts';
import { Sorting } from './sorting.ts';

const rowOf = (id: number, n: number): Row => new Row(id, encode({ n, text: 'x'.repeat(100) }));

function sorted(
  numbers: readonly number[],
  keep: number,
  maxBytes: number,
  spills?: Spills,
): number[] {
  const sorter = sorterOf({ n: 1 });
  const rows = numbers.map((n, i) => rowOf(i, n));
  const sorting = new Sorting(sorter, keep, { maxBytes, spills }, (id) => rows[id]);
  for (const row of rows) {
    sorting.add(row, sorter.keyOf(decode(row.raw)));
    if (sorting.full) for (const _ of sorting.spill());
  }
  const out: number[] = [];
  for (let row = sorting.next(); row && out.length < keep; row = sorting.next())
    out.push(row.doc['n'] as number);
  sorting.end();
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

  it('goes by way of the disk when even the keys take too much', () => {
    const dir = freshFolder();
    const spills = new Spills(dir, () => undefined);
    const numbers = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 6007);
    const expected = [...numbers].sort((a, b) => a - b);
    expect(sorted(numbers, Number.POSITIVE_INFINITY, 500_000, spills)).toEqual(expected);
    expect(spills.files).toBeGreaterThan(5);
    expect(spills.bytes).toBeGreaterThan(400_000);
    expect(readdirSync(path.join(dir, 'spill'))).toEqual([]);
    rmSync(dir, { recursive: true });
  });

  it('ends clearly when the disk that it goes to is nearly full', () => {
    const dir = freshFolder();
    const full = new MongoError(14031, 'the disk is nearly full');
    const spills = new Spills(dir, () => {
      throw full;
    });
    const numbers = Array.from({ length: 5000 }, (_, i) => i);
    expect(() => sorted(numbers, Number.POSITIVE_INFINITY, 100_000, spills)).toThrow(full);
    rmSync(dir, { recursive: true });
  });

  it('is refused when even the keys take too much and the disk is not to be used', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i);
    expect(() => sorted(numbers, Number.POSITIVE_INFINITY, 100_000)).toThrow(
      /Sort exceeded memory limit/,
    );
  });
});

describe('a sort key on its way through a file', () => {
  it('stays what it is, an empty array as well', () => {
    const sorter = sorterOf({ a: 1, b: -1, c: 1, d: 1 });
    const key = sorter.keyOf({ a: [], b: [{ x: 1 }, 'text'], c: new Date(5) });
    const back = unpackKey(packKey(key, { id: 7 }), key.length);
    expect(back.more).toEqual({ id: 7 });
    expect(back.key).toEqual(key);
    expect(sorter.compare(key, back.key)).toBe(0);
  });
});
