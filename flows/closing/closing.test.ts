import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import closing from './index.ts';

it('says goodbye, but not to spam', () => {
  const play = playing(closing, { text: 'Goodbye.' }, { outcome: 'won' });
  expect(play.applies).toBe(true);
  expect(play.begin()).toEqual([{ do: 'say', text: 'Goodbye.' }]);
  expect(play.done).toBe(true);
  expect(playing(closing, { text: 'Goodbye.' }, { outcome: 'spam' }).applies).toBe(false);
});
