import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from './read-line.ts';

function input(rest: string) {
  const read = readLine(rest);
  if (read.status !== 'ok') throw new Error(read.why);
  return { words: read.input.words, named: read.input.named };
}

describe('readLine', () => {
  it.each([
    ['', [], {}],
    ['  @ann ', ['@ann'], {}],
    ['"Website redesign" 5000 EUR', ['Website redesign', '5000', 'EUR'], {}],
    ['“Website redesign” 5000', ['Website redesign', '5000'], {}],
    ['„Neue Seite“ 5000', ['Neue Seite', '5000'], {}],
    ['« Nouveau site » 5', [' Nouveau site ', '5'], {}],
    ['“half curly" 5', ['half curly', '5'], {}],
    ['phone=+4930123456 email=a@b.c', [], { phone: '+4930123456', email: 'a@b.c' }],
    ['NAME="Ann Lee" x', ['x'], { name: 'Ann Lee' }],
    ['name=', [], { name: '' }],
    ['"a=b"', ['a=b'], {}],
    ['https://x.test/?a=b', ['https://x.test/?a=b'], {}],
    ["O'Brien don't", ["O'Brien", "don't"], {}],
    ['27" screen', ['27"', 'screen'], {}],
    ['"say \\"hi\\""', ['say "hi"'], {}],
    ['"" x', ['', 'x'], {}],
    ['a\nb\u00a0c', ['a', 'b', 'c'], {}],
    ['__proto__=1 constructor=2', ['__proto__=1'], { constructor: '2' }],
  ])('reads %j', (rest, words, named) => {
    expect(input(rest)).toEqual({ words, named });
  });

  it('keeps the rest exactly as typed', () => {
    const read = readLine(' a  "b" \n');
    expect(read).toMatchObject({ status: 'ok', input: { rest: ' a  "b" \n' } });
  });

  it('says where a quote never closes', () => {
    expect(readLine('x "Website redesign 5000')).toEqual({
      status: 'wrong',
      why: 'The quote that opens at "Website redesign 5000 never closes.',
    });
  });

  it('refuses a key that is given twice', () => {
    expect(readLine('email=a@b.c Email=d@e.f')).toEqual({
      status: 'wrong',
      why: '“email=” is given twice.',
    });
  });

  it('gives back any quoted word, whatever it holds', () => {
    const quote = (word: string) => `"${word.replaceAll(/["“”„‟«»]/g, (mark) => `\\${mark}`)}"`;
    const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.endsWith('\\'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(input(words.map(quote).join(' ')).words).toEqual(words);
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (line) => void readLine(line)));
  });
});
