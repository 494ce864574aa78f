import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import offHours from './index.ts';

it('speaks out of hours only', () => {
  expect(playing(offHours, { text: 'Closed.' }).applies).toBe(false);
  const play = playing(offHours, { text: 'Closed.' }, { lineOpen: false });
  expect(play.applies).toBe(true);
  expect(play.begin()).toEqual([{ do: 'say', text: 'Closed.' }]);
  expect(play.done).toBe(true);
});
