import { describe, expect, it } from 'vitest';
import type { CannedAnswerView } from '../../../src/contract/wire.ts';
import { cannedFor } from './canned.ts';

const answer = (shortcut: string, change: Partial<CannedAnswerView> = {}): CannedAnswerView => ({
  id: shortcut,
  shortcut,
  title: '',
  text: '',
  lineIds: [],
  createdAt: '',
  updatedAt: '',
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
    expect(cannedFor('l2', 'sa', all).map(({ id }) => id)).toEqual(['sales']);
  });
});
