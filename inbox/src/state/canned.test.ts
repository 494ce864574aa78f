import { describe, expect, it } from 'vitest';
import { cannedFor } from './canned.ts';

const answer = (shortcut: string, change: { text?: string; lineIds?: string[] } = {}) => ({
  shortcut,
  title: '',
  text: '',
  lineIds: [],
  ...change,
});

describe('canned answers', () => {
  const all = [
    answer('hello', { text: 'We refund nothing.' }),
    answer('refund'),
    answer('sales', { lineIds: ['l2'] }),
  ];
  const found = (typed: string) => cannedFor('l1', typed, all).map(({ shortcut }) => shortcut);

  it('are found by shortcut first, then by their words', () => {
    expect(found('Refund')).toEqual(['refund', 'hello']);
  });
  it('are those of the line and those of all lines', () => {
    expect(found('')).toEqual(['hello', 'refund']);
    expect(cannedFor('l2', 'sa', all).map(({ shortcut }) => shortcut)).toEqual(['sales']);
  });
});
