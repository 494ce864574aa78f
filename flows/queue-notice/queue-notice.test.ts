import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import queueNotice from './index.ts';

it('tells the place once', () => {
  const play = playing(queueNotice, {}, { position: 3 });
  expect(play.begin()).toEqual([{ do: 'say', text: 'You are number 3 in the queue.' }]);
  expect(play.done).toBe(true);
});

it('tells it again every so often, as it is then, and no more often than set', () => {
  const play = playing(queueNotice, { everyMinutes: 2, most: 3, text: 'Place {position}' });
  const wait = { do: 'wait', ms: 120_000 };
  expect(play.begin()).toEqual([{ do: 'say', text: 'Place 1' }, wait]);
  expect(play.write('hello?')).toBe('pass');
  expect(play.wait({ position: 4 })).toEqual([{ do: 'say', text: 'Place 4' }, wait]);
  expect(play.wait({ position: 2 })).toEqual([{ do: 'say', text: 'Place 2' }]);
  expect(play.done).toBe(true);
});

it('ends when somebody has the talk, and is silent out of hours and near the head', () => {
  const play = playing(queueNotice, { everyMinutes: 2 });
  play.begin();
  expect(play.wait({ position: null })).toEqual([]);
  expect(play.done).toBe(true);
  expect(playing(queueNotice, {}, { lineOpen: false }).applies).toBe(false);
  expect(playing(queueNotice, { from: 3 }, { position: 2 }).applies).toBe(false);
  expect(playing(queueNotice, { from: 3 }, { position: 3 }).applies).toBe(true);
});
