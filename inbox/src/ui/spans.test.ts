import { describe, expect, it } from 'vitest';
import { findLinks, spansOf } from './spans.ts';

describe('formatted text', () => {
  it('is cut where marks begin and end, overlapping ones too', () => {
    const spans = spansOf('abcdef', [
      { type: 'bold', offset: 0, length: 4 },
      { type: 'italic', offset: 2, length: 4 },
    ]);
    expect(spans.map(({ text, types }) => [text, types.join()])).toEqual([
      ['ab', 'bold'],
      ['cd', 'bold,italic'],
      ['ef', 'italic'],
    ]);
  });
  it('never follows a script', () => {
    const [span] = spansOf('click', [
      { type: 'link', offset: 0, length: 5, url: ' javascript:alert(1)' },
    ]);
    expect(span?.url).toBeNull();
  });
  it('keeps all of the text when a mark lies outside of it', () => {
    const spans = spansOf('hey', [{ type: 'bold', offset: -5, length: 100 }]);
    expect(spans.map(({ text }) => text).join('')).toBe('hey');
  });
  it('has no empty line after a block', () => {
    const spans = spansOf('quoted\nmine', [{ type: 'quote', offset: 0, length: 6 }]);
    expect(spans.map(({ text }) => text)).toEqual(['quoted', 'mine']);
  });
  it('finds bare addresses without the full stop after them', () => {
    const found = findLinks('See https://a.example/x_(1). Or www.b.example, or me@c.example!');
    expect(found.map(({ url }) => url)).toEqual([
      'https://a.example/x_(1)',
      'https://www.b.example',
      'mailto:me@c.example',
    ]);
  });
});
