import { describe, expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import menu from './index.ts';

const MENU = {
  text: 'What is it about?',
  options: [
    { label: 'Sales', text: 'One moment.' },
    { label: 'Opening hours', act: 'say', text: 'Nine to five.' },
    { label: 'Nothing', act: 'close', text: 'Goodbye.' },
    { label: 'A person' },
  ],
};
const shown = (text: string) => [
  {
    do: 'say',
    text,
    buttons: [
      { label: 'Sales', value: '0' },
      { label: 'Opening hours', value: '1' },
      { label: 'Nothing', value: '2' },
      { label: 'A person', value: '3' },
    ],
  },
  { do: 'wait', ms: 600_000 },
];

describe('the menu', () => {
  it('keeps the talk from operators until a choice is made', () => {
    const play = playing(menu, MENU);
    expect(play.holds).toBe(true);
    expect(play.begin()).toEqual(shown('What is it about?'));
  });

  it.each([
    ['press', '0', [{ do: 'say', text: 'One moment.' }, { do: 'queue' }], true],
    ['write', '1', [{ do: 'say', text: 'One moment.' }, { do: 'queue' }], true],
    ['write', ' 1. ', [{ do: 'say', text: 'One moment.' }, { do: 'queue' }], true],
    ['write', 'sales', [{ do: 'say', text: 'One moment.' }, { do: 'queue' }], true],
    ['press', '3', [{ do: 'queue' }], true],
    ['write', '2', [{ do: 'say', text: 'Nine to five.' }, ...shown('What is it about?')], false],
    [
      'write',
      '3',
      [
        { do: 'say', text: 'Goodbye.' },
        { do: 'close', outcome: 'Nothing' },
      ],
      true,
    ],
  ] as const)('%s %j does %j', (how, said, effects, done) => {
    const play = playing(menu, MENU);
    play.begin();
    expect(play[how](said)).toEqual(effects);
    expect(play.done).toBe(done);
  });

  it.each(['0', '5', '-1', 'x', 'press me', '99999999999'])(
    'asks once more after %j, then calls a person',
    (said) => {
      const play = playing(menu, MENU);
      play.begin();
      expect(play.write(said)).toEqual(shown('Please choose one of these:'));
      expect(play.write(said)).toEqual([{ do: 'queue' }]);
      expect(play.done).toBe(true);
    },
  );

  it.each(['', 'x', '-1', '4', '1.5', 'constructor'])(
    'a forged button %j chooses nothing',
    (value) => {
      const play = playing(menu, MENU);
      play.begin();
      expect(play.press(value)).toEqual(shown('Please choose one of these:'));
    },
  );

  it('goes to another line, which must be named', () => {
    const options = [{ label: 'Sales', act: 'line', lineId: 'l1', text: 'One moment.' }];
    const play = playing(menu, { text: 'What?', options });
    play.begin();
    expect(play.write('1')).toEqual([
      { do: 'say', text: 'One moment.' },
      { do: 'line', lineId: 'l1' },
    ]);
    expect(play.done).toBe(true);
    const unnamed = { text: 'What?', options: [{ label: 'Sales', act: 'line' }] };
    expect(menu.config.safeParse(unnamed).success).toBe(false);
  });

  it('calls a person when nothing is chosen', () => {
    const play = playing(menu, MENU);
    play.begin();
    expect(play.wait()).toEqual([{ do: 'queue' }]);
    expect(play.done).toBe(true);
  });
});
