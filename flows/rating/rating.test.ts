import { describe, expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import rating from './index.ts';

const rated = (score: number) => [
  { do: 'rate', score },
  { do: 'say', text: 'Thank you!' },
];

describe('a rating', () => {
  it.each([
    ['press', '4', 4],
    ['write', ' 5 ', 5],
    ['write', '3/5', 3],
    ['write', '★★', 2],
    ['write', '👍🏽', 5],
    ['write', '👎', 1],
  ] as const)('of five: %s %j is %i', (how, said, score) => {
    const play = playing(rating, {});
    expect(play.begin()).toMatchObject([{ do: 'say', text: 'How did we do?' }, { do: 'wait' }]);
    expect(play[how](said)).toEqual(rated(score));
    expect(play.done).toBe(true);
  });

  it.each([
    ['press', '5', 5],
    ['write', '2', 1],
    ['write', '👍', 5],
  ] as const)('by thumbs: %s %j is %i', (how, said, score) => {
    const play = playing(rating, { scale: 'thumbs' });
    expect(play.begin()).toMatchObject([{ buttons: [{ label: '👍' }, { label: '👎' }] }, {}]);
    expect(play[how](said)).toEqual(rated(score));
  });

  it.each(['6', '0', 'hello', '5 boxes please', '', '★★★★★★'])(
    'is not %j: that begins a new talk',
    (said) => {
      const play = playing(rating, {});
      play.begin();
      expect(play.write(said)).toBe('pass');
      expect(play.done).toBe(true);
    },
  );

  it.each(['6', 'x', '-1'])('is no forged button %j', (value) => {
    const play = playing(rating, {});
    play.begin();
    expect(play.press(value)).toBe('pass');
  });

  it('is kept at once, with a comment when one follows', () => {
    const play = playing(rating, { comment: 'Why?' });
    play.begin();
    expect(play.write('2')).toEqual([
      { do: 'rate', score: 2 },
      { do: 'say', text: 'Why?' },
      { do: 'wait', ms: 1_800_000 },
    ]);
    expect(play.write('Too slow.')).toEqual([
      { do: 'rate', score: 2, comment: 'Too slow.' },
      { do: 'say', text: 'Thank you!' },
    ]);
    expect(play.done).toBe(true);
  });

  it('is not asked of spam, and not for ever', () => {
    expect(playing(rating, {}, { outcome: 'spam' }).applies).toBe(false);
    const play = playing(rating, {});
    play.begin();
    expect(play.wait()).toEqual([]);
    expect(play.done).toBe(true);
  });
});
