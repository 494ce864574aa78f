import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import consent from './index.ts';

const TEXT = 'We keep what you write.';
const agreed = [{ do: 'consent', text: TEXT }];

it.each([
  ['the button', 'press', 'agree'],
  ['its number', 'write', '1'],
  ['its label', 'write', ' i AGREE '],
  ['a yes', 'write', 'Yes'],
] as const)('takes %s for consent, and keeps the text', (_what, how, said) => {
  const play = playing(consent, { text: TEXT });
  expect(play.holds).toBe(true);
  expect(play.begin()).toMatchObject([
    { do: 'say', text: TEXT, buttons: [{ label: 'I agree', value: 'agree' }] },
    { do: 'wait' },
  ]);
  expect(play[how](said)).toEqual(agreed);
  expect(play.done).toBe(true);
});

it('asks three times, then people take over without consent', () => {
  const play = playing(consent, { text: TEXT });
  play.begin();
  expect(play.write('I want a refund')).toMatchObject([{ do: 'say' }, { do: 'wait' }]);
  expect(play.write('NOW')).toMatchObject([{ do: 'say' }, { do: 'wait' }]);
  expect(play.write('hello??')).toEqual([]);
  expect(play.done).toBe(true);
});

it('where it is not required, operators are asked at once and other words end it', () => {
  const play = playing(consent, { text: TEXT, required: false });
  expect(play.holds).toBe(false);
  play.begin();
  expect(play.write('I want a refund')).toEqual([]);
  expect(play.done).toBe(true);
});

it('gives up waiting, and does not ask again who was asked before', () => {
  const play = playing(consent, { text: TEXT });
  play.begin();
  expect(play.wait()).toEqual([]);
  expect(play.done).toBe(true);
  expect(playing(consent, { text: TEXT }, { firstContact: false }).applies).toBe(false);
});
