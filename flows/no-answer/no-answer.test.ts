import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import noAnswer from './index.ts';

it.each(['wait', 'unanswered'] as const)('speaks once after %s', (how) => {
  const play = playing(noAnswer, { text: 'Sorry.', afterMinutes: 3 });
  expect(play.begin()).toEqual([{ do: 'wait', ms: 180_000 }]);
  expect(play.write('hello?')).toBe('pass');
  expect(play[how]()).toEqual([{ do: 'say', text: 'Sorry.' }]);
  expect(play.done).toBe(true);
});

it('is silent out of hours', () => {
  expect(playing(noAnswer, {}, { lineOpen: false }).applies).toBe(false);
});
