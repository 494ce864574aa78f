import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../contract/inbound.ts';
import { flatten, fit, marksOf, measure, shorten, splitText } from './split-text.ts';

const graphemes = (text: string): string[] =>
  [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(
    (part) => part.segment,
  );

describe('measuring text', () => {
  it('counts what each provider counts', () => {
    expect([
      measure('a😀é', 'utf16'),
      measure('a😀é', 'characters'),
      measure('a😀é', 'bytes'),
    ]).toEqual([4, 3, 7]);
  });
});

describe('cutting text', () => {
  it('never cuts inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(fit(`ab${family}`, 5, 'utf16')).toBe('ab');
  });

  it('gives at least one character, so that splitting always ends', () => {
    expect(fit('👨‍👩‍👧‍👦', 1, 'utf16')).toBe('👨‍👩‍👧‍👦');
  });

  it('ends a shortened text in an ellipsis within the limit', () => {
    expect(shorten('Yes, please call me', 10)).toBe('Yes, plea…');
    expect(shorten('Yes', 10)).toBe('Yes');
  });
});

describe('splitting text', () => {
  it('prefers the end of a paragraph, then of a line, then of a word', () => {
    expect(splitText('first one\n\nsecond one', 14, 'utf16').map((piece) => piece.text)).toEqual([
      'first one',
      'second one',
    ]);
    expect(splitText('one two three four', 11, 'utf16').map((piece) => piece.text)).toEqual([
      'one two',
      'three four',
    ]);
  });

  it('keeps every character that is not white space at a break, in order, within the limit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 20, max: 60 }),
        fc.constantFrom('utf16' as const, 'characters' as const, 'bytes' as const),
        (text, max, unit) => {
          const pieces = splitText(text, max, unit);
          expect(
            pieces
              .map((piece) => piece.text)
              .join('')
              .replace(/\s/g, ''),
          ).toBe(text.replace(/\s/g, ''));
          for (const piece of pieces) {
            expect(text.startsWith(piece.text, piece.offset)).toBe(true);
            if (graphemes(piece.text).length > 1)
              expect(measure(piece.text, unit)).toBeLessThanOrEqual(max);
          }
        },
      ),
    );
  });

  it('cuts marks to the piece they touch', () => {
    const marks: Mark[] = [{ type: 'bold', offset: 4, length: 8 }];
    expect(marksOf({ text: 'one two', offset: 0 }, marks)).toEqual([
      { type: 'bold', offset: 4, length: 3 },
    ]);
    expect(marksOf({ text: 'three', offset: 8 }, marks)).toEqual([
      { type: 'bold', offset: 0, length: 4 },
    ]);
    expect(marksOf({ text: 'later', offset: 20 }, marks)).toEqual([]);
  });
});

describe('flattening formatted text', () => {
  it('puts a link behind its words, and leaves an address that shows itself alone', () => {
    const text = 'see the price list or https://a.example';
    const marks: Mark[] = [
      { type: 'link', offset: 8, length: 10, url: 'https://b.example/p' },
      { type: 'link', offset: 22, length: 17, url: 'https://a.example' },
    ];
    expect(flatten(text, marks)).toBe(
      'see the price list (https://b.example/p) or https://a.example',
    );
  });
});
