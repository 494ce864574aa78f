import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MARK_TYPES } from '../../src/contract/inbound.ts';
import type { Mark } from '../../src/contract/inbound.ts';
import { marksToHtml } from './marks.ts';
import type { Tags } from './marks.ts';

const tags = Object.fromEntries(
  MARK_TYPES.map((type) => [type, () => [`<${type}>`, `</${type}>`]]),
) as unknown as Tags;

test('overlapping marks come out properly nested', () => {
  const html = marksToHtml(
    'abcdef',
    [
      { type: 'bold', offset: 0, length: 4 },
      { type: 'italic', offset: 2, length: 4 },
    ],
    tags,
  );
  expect(html).toBe('<bold>ab<italic>cd</italic></bold><italic>ef</italic>');
});

test('a mark never begins or ends inside a character', () => {
  expect(marksToHtml('a👍b', [{ type: 'bold', offset: 2, length: 1 }], tags)).toBe(
    'a<bold>👍</bold>b',
  );
  expect(marksToHtml('a👍b', [{ type: 'bold', offset: 0, length: 2 }], tags)).toBe(
    '<bold>a👍</bold>b',
  );
});

test('what looks like HTML in the text is only text', () => {
  expect(marksToHtml('<b>&"', [], tags)).toBe('&lt;b&gt;&amp;&quot;');
});

test('a link to a script is no link', () => {
  const mark: Mark = { type: 'link', offset: 0, length: 1, url: 'javascript:alert(1)' };
  expect(marksToHtml('a', [mark], tags)).toBe('a');
});

test('any marks over any text give balanced tags and leave the text as it was', () => {
  const mark = fc.record({
    type: fc.constantFrom(...MARK_TYPES),
    offset: fc.integer({ min: -5, max: 40 }),
    length: fc.integer({ min: -5, max: 40 }),
    url: fc.constant('https://example.com'),
  });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(mark, { maxLength: 6 }),
      (text, marks) => {
        const html = marksToHtml(text, marks, tags);
        const open: string[] = [];
        const bare = html.replace(/<(\/?)(\w+)>/g, (_, slash: string, name: string) => {
          if (slash) expect(open.pop()).toBe(name);
          else open.push(name);
          return '';
        });
        expect(open).toEqual([]);
        const plain = bare
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&');
        expect(plain).toBe(text);
      },
    ),
  );
});
