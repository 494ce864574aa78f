import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MongoError } from '../../src/errors.ts';
import { compileUpdate, upsertDoc } from '../../src/update/index.ts';
import { encode, type Doc } from '../../src/values/index.ts';
import { wire } from './run.ts';
import { describeSeeds } from './seeds.ts';
import { applyModel, changes, docs, Refused, type Change } from './update/model.ts';

function updateOf(list: readonly Change[]): Doc {
  const update: Record<string, Doc> = {};
  for (const { operator, path, arg } of list) {
    update[operator] = { ...update[operator], [path.join('.')]: arg };
  }
  return update;
}

/** What an update makes of a document, or that it is refused. */
function outcome(run: () => unknown): string {
  try {
    return encode(wire(run() as Doc)).toString('hex');
  } catch (e) {
    if (e instanceof Refused || e instanceof MongoError) return 'refused';
    throw e;
  }
}

describeSeeds('updates against a plain model', (seed) => {
  it('make the same documents and refuse the same updates', () => {
    let refused = 0;
    fc.assert(
      fc.property(docs, changes, (doc, list) => {
        // Minima of documents and arrays are not ordered by the model.
        let expected: string;
        try {
          expected = outcome(() => applyModel(doc, list));
        } catch {
          return;
        }
        if (expected === 'refused') refused++;
        const old = wire(doc as Doc);
        const before = encode(old);
        expect(outcome(() => compileUpdate(wire(updateOf(list)))(old))).toBe(expected);
        expect(encode(old).equals(before)).toBe(true);
      }),
      { seed, numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('insert, when nothing matches, what they make of the equalities of the filter', () => {
    fc.assert(
      fc.property(docs, changes, (doc, list) => {
        let expected: string;
        try {
          expected = outcome(() => applyModel(doc, list));
        } catch {
          return;
        }
        const filter = Object.fromEntries(Object.entries(doc).map(([k, v]) => [k, { $eq: v }]));
        expect(outcome(() => upsertDoc(wire(filter as Doc), wire(updateOf(list))))).toBe(expected);
      }),
      { seed, numRuns: 1500 },
    );
  });
});
