import { describe, expect, it } from 'vitest';
import { lengthIn, parseMarkup } from './markup.ts';

describe('typed formatting', () => {
  it('becomes clean text with marks', () => {
    expect(parseMarkup('a **bold** and `x_y`')).toEqual({
      text: 'a bold and x_y',
      marks: [
        { type: 'bold', offset: 2, length: 4 },
        { type: 'code', offset: 11, length: 3 },
      ],
    });
  });
  it('may be nested', () => {
    expect(parseMarkup('**a _b_**')).toEqual({
      text: 'a b',
      marks: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'italic', offset: 2, length: 1 },
      ],
    });
  });
  it('leaves ordinary text alone', () => {
    for (const text of ['snake_case_name', '2 ** 3 ** 4', 'a * b', '_ alone', '~~', 'x[1](2)'])
      expect(parseMarkup(text)).toEqual({ text, marks: [] });
  });
  it('makes links of safe addresses only', () => {
    expect(parseMarkup('[site](https://a.example)').marks[0]?.url).toBe('https://a.example');
    expect(parseMarkup('[x](javascript:1)').marks).toEqual([]);
  });
  it('counts in the channel’s own unit', () => {
    expect(
      ['utf16', 'characters', 'bytes'].map((unit) => lengthIn(unit as 'bytes', 'é👍')),
    ).toEqual([3, 2, 6]);
  });
});
