import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Overlay } from './overlay.ts';
import { type Snapshot, successor } from './view.ts';

/** A frozen view over a sorted list. */
function frozen(entries: Map<string, string>): Snapshot {
  const keys = [...entries.keys()].sort();
  return {
    get: (key) => {
      const value = entries.get(key.toString('latin1'));
      return value === undefined ? undefined : Buffer.from(value);
    },
    scan(lo, hi, reverse, _values) {
      const from = lo.toString('latin1');
      const to = hi.toString('latin1');
      const within = keys.filter((key) => key >= from && key < to);
      if (reverse) within.reverse();
      let current = '';
      return {
        next() {
          const key = within.shift();
          if (key === undefined) return undefined;
          current = key;
          return Buffer.from(key, 'latin1');
        },
        value: () => Buffer.from(entries.get(current) ?? ''),
        close: () => undefined,
      };
    },
    done: () => undefined,
  };
}

const key = fc.string({
  unit: fc.constantFrom('a', 'b', '\0', '\u00ff'),
  minLength: 1,
  maxLength: 3,
});
const change = fc.record({ key, value: fc.option(fc.string({ maxLength: 2 }), { nil: null }) });

describe('an overlay', () => {
  it('shows what a plain map would hold, forwards and backwards, in any range', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.string({ maxLength: 2 })),
        fc.array(change, { maxLength: 20 }),
        key,
        key,
        fc.boolean(),
        (before, changes, one, other, reverse) => {
          const model = new Map(Object.entries(before));
          const overlay = new Overlay(frozen(new Map(model)));
          for (const { key: name, value } of changes) {
            if (value === null) {
              model.delete(name);
              overlay.del(Buffer.from(name, 'latin1'));
            } else {
              model.set(name, value);
              overlay.put(Buffer.from(name, 'latin1'), Buffer.from(value));
            }
          }
          const [lo, hi] = one < other ? [one, other] : [other, one];
          const expected = [...model]
            .filter(([name]) => name >= lo && name < hi)
            .sort(([a], [b]) => (a < b ? -1 : 1));
          if (reverse) expected.reverse();
          const scan = overlay.scan(
            Buffer.from(lo, 'latin1'),
            Buffer.from(hi, 'latin1'),
            reverse,
            true,
          );
          const found: [string, string][] = [];
          for (let k = scan.next(); k; k = scan.next())
            found.push([k.toString('latin1'), String(scan.value())]);
          expect(found.map(([name]) => name)).toEqual(expected.map(([name]) => name));
          expect(found.map(([, value]) => value)).toEqual(expected.map(([, value]) => value));
          for (const [name, value] of model)
            expect(String(overlay.get(Buffer.from(name, 'latin1')))).toBe(value);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the successor of a prefix', () => {
  it('is greater than everything that begins with the prefix, and nothing lies between', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.uint8Array({ maxLength: 4 }),
        (a, b) => {
          const prefix = Buffer.from(a);
          const next = successor(prefix);
          expect(Buffer.concat([prefix, Buffer.from(b)]).compare(next)).toBeLessThan(0);
          expect(next.compare(prefix)).toBeGreaterThan(0);
        },
      ),
    );
  });
});
