import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/match/index.ts';
import { compare, encodeKey, keyText } from '../../src/order/index.ts';
import { isArr, isPlain, rank, show, type Value } from '../../src/values/index.ts';
import { compareModels, models, numbers, plainOf } from './order/model.ts';
import { LADDER, page } from './order/statements.ts';
import { wire } from './run.ts';
import { describeSeeds } from './seeds.ts';

const RUNS = 3000;
const keyOf = (v: Value, dir = 1): Buffer => encodeKey([v], [dir]).enc;

// -0 and 0 are one number; so are decimals of one value with another scale.
const pairs = fc.oneof(fc.tuple(models, models), fc.tuple(numbers, numbers));

describe(`the manual's order of types and values (${page})`, () => {
  LADDER.forEach((same, i) => {
    const [first] = same as [Value];
    for (const v of same.slice(1)) {
      it(`holds ${show(v)} and ${show(first)} for equal`, () => {
        expect(compare(wire(v), wire(first))).toBe(0);
        expect(keyOf(wire(v)).equals(keyOf(wire(first)))).toBe(true);
      });
    }
    const next = LADDER[i + 1];
    if (!next) return;
    it(`puts ${show(first)} before ${show(next[0])}`, () => {
      for (const v of same) {
        for (const w of next) {
          expect(compare(wire(v), wire(w))).toBeLessThan(0);
          expect(compare(wire(w), wire(v))).toBeGreaterThan(0);
          expect(Buffer.compare(keyOf(wire(v)), keyOf(wire(w)))).toBeLessThan(0);
          expect(Buffer.compare(keyOf(wire(v), -1), keyOf(wire(w), -1))).toBeGreaterThan(0);
        }
      }
    });
  });
});

describeSeeds('order of values', (seed) => {
  it('is the order that the manual describes', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const expected = Math.sign(compareModels(a, b));
        expect(Math.sign(compare(wire(plainOf(a)), wire(plainOf(b))))).toBe(expected);
      }),
      { seed, numRuns: RUNS },
    );
  });

  it('is the order of the bytes of ordered keys, ascending and descending', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const x = wire(plainOf(a));
        const y = wire(plainOf(b));
        const expected = Math.sign(compareModels(a, b));
        expect(Math.sign(Buffer.compare(keyOf(x), keyOf(y)))).toBe(expected);
        expect(Math.sign(Buffer.compare(keyOf(y, -1), keyOf(x, -1)))).toBe(expected);
        expect(keyText(x) === keyText(y)).toBe(expected === 0);
      }),
      { seed, numRuns: RUNS },
    );
  });

  it('of several values together is decided by the first that differ', () => {
    const fields = fc.tuple(models, numbers, models);
    const dirs = fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1), fc.constantFrom(1, -1));
    fc.assert(
      fc.property(fields, fields, dirs, (a, b, dir) => {
        let expected = 0;
        for (let i = 0; i < 3 && expected === 0; i++) {
          expected =
            Math.sign(compareModels(a[i] as never, b[i] as never)) * (dir[i] as number) || 0;
        }
        const key = (list: typeof a): Buffer =>
          encodeKey(
            list.map((m) => wire(plainOf(m))),
            dir,
          ).enc;
        expect(Math.sign(Buffer.compare(key(a), key(b)))).toBe(expected);
      }),
      { seed, numRuns: RUNS / 3 },
    );
  });

  it('is total: it agrees with itself turned round and over three values', () => {
    fc.assert(
      fc.property(models, models, models, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((m) => wire(plainOf(m))) as [Value, Value, Value];
        expect(Math.sign(compare(x, y)) + Math.sign(compare(y, x))).toBe(0);
        if (compare(x, y) <= 0 && compare(y, z) <= 0) expect(compare(x, z)).toBeLessThanOrEqual(0);
      }),
      { seed, numRuns: RUNS / 3 },
    );
  });

  it('is the order that $gt, $lt and $eq of the matcher follow within a type', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const x = wire(plainOf(a));
        const y = wire(plainOf(b));
        if (isArr(x) || isArr(y) || isPlain(x) || rank(x) !== rank(y) || a.kind === 'regex') return;
        const isNaNNumber = (v: Value): boolean => String(v) === 'NaN';
        if (isNaNNumber(x) || isNaNNumber(y)) return;
        const expected = Math.sign(compareModels(a, b));
        expect(compile({ v: { $eq: y } })({ v: x })).toBe(expected === 0);
        expect(compile({ v: { $in: [y] } })({ v: x })).toBe(expected === 0);
        if (a.kind === 'null' || a.kind === 'min' || a.kind === 'max') return;
        expect(compile({ v: { $gt: y } })({ v: x })).toBe(expected > 0);
        expect(compile({ v: { $lte: y } })({ v: x })).toBe(expected <= 0);
      }),
      { seed, numRuns: RUNS },
    );
  });
});
