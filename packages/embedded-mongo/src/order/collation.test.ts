import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSeeds } from '../../test/conformance/seeds.ts';
import { MongoError } from '../errors.ts';
import { collatorOf, encodeKey, type Collator } from './index.ts';

const collator = (spec: Record<string, string | number | boolean>): Collator => {
  const made = collatorOf(spec);
  if (!made) throw new Error('this collation is the simple one');
  return made;
};

const codeOf = (run: () => unknown): number | undefined => {
  try {
    run();
    return undefined;
  } catch (e) {
    return e instanceof MongoError ? e.code : undefined;
  }
};

describe('a collation', () => {
  it.each([
    [1, 'cafe', 'CAFÉ', true],
    [1, 'resume', 'résumé', true],
    [1, 'a', 'b', false],
    [1, 'strasse', 'straße', true],
    [1, 'cafe\u0301', 'café', true],
    [2, 'cafe', 'CAFE', true],
    [2, 'cafe', 'café', false],
    [2, 'Ärger', 'ärger', true],
    [2, 'cafe\u0301', 'café', true],
    [3, 'cafe', 'CAFE', false],
    [3, 'cafe', 'cafe', true],
  ])('of strength %i holds %s and %s for equal: %s', (strength, a, b, same) => {
    const c = collator({ locale: 'en', strength });
    expect(c.cmp(a, b) === 0).toBe(same);
    expect(c.key(a) === c.key(b)).toBe(same);
  });

  it('follows its locale: in Swedish å is a letter of its own, in English it is an a', () => {
    expect(collator({ locale: 'sv', strength: 1 }).key('å')).not.toBe('a');
    expect(collator({ locale: 'en', strength: 1 }).key('å')).toBe('a');
  });

  it('tells case apart at strength 1 when asked to', () => {
    const c = collator({ locale: 'en', strength: 1, caseLevel: true });
    expect(c.cmp('a', 'á')).toBe(0);
    expect(c.cmp('a', 'A')).not.toBe(0);
  });

  it('orders numbers in text by value when asked to', () => {
    const c = collator({ locale: 'en', numericOrdering: true });
    expect(c.cmp('item9', 'item10')).toBeLessThan(0);
    expect(c.cmp('item09', 'item9')).toBe(0);
  });

  it('is none for no document, an empty one and the locale simple', () => {
    expect(collatorOf(undefined)).toBeUndefined();
    expect(collatorOf({})).toBeUndefined();
    expect(collatorOf({ locale: 'simple' })).toBeUndefined();
  });

  it('is refused in the words of MongoDB when it is wrong', () => {
    expect(codeOf(() => collatorOf({ strength: 1 }))).toBe(40414);
    expect(codeOf(() => collatorOf({ locale: 'xx-nope-1' }))).toBe(2);
    expect(codeOf(() => collatorOf({ locale: 'en', strength: 9 }))).toBe(51024);
    expect(codeOf(() => collatorOf({ locale: 'en', foo: 1 }))).toBe(40415);
    expect(codeOf(() => collatorOf('en'))).toBe(14);
  });
});

describeSeeds('collated keys', (seed) => {
  const letter = fc.constantFrom(
    'a',
    'A',
    'á',
    'Á',
    'e',
    'é',
    'ß',
    'ss',
    'o',
    'ø',
    '1',
    '01',
    ' ',
    'я',
    'Я',
  );
  const word = fc.array(letter, { maxLength: 4 }).map((l) => l.join(''));

  it.each([1, 2, 3])('are equal exactly when strings compare as equal, strength %i', (strength) => {
    const c = collator({ locale: 'de', strength });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const same = c.cmp(a, b) === 0;
        const [x, y] = [a, b].map((s) => encodeKey([s], [1], c).enc) as [Buffer, Buffer];
        expect(x.equals(y)).toBe(same);
        // What the letters' own comparison tells apart is never held for equal.
        const sensitivity = (['base', 'accent', 'variant'] as const)[strength - 1] ?? 'variant';
        const intl = new Intl.Collator('de', { sensitivity });
        if (same) expect(intl.compare(a, b)).toBe(0);
      }),
      { seed, numRuns: 1500 },
    );
  });
});
