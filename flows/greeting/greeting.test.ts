import { expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import greeting from './index.ts';

it('greets a first contact once, and lets operators be asked meanwhile', () => {
  const play = playing(greeting, { text: 'Hello!' });
  expect([play.applies, play.holds]).toEqual([true, false]);
  expect(play.begin()).toEqual([{ do: 'say', text: 'Hello!' }]);
  expect(play.done).toBe(true);
});

it.each([
  [{ text: 'Hello!' }, false, null],
  [{ text: 'Hello!', returning: 'Welcome back!' }, true, 'Welcome back!'],
])('greets those who come back only with words for them: %j', (config, applies, text) => {
  const play = playing(greeting, config, { firstContact: false, reopened: true });
  expect(play.applies).toBe(applies);
  if (text) expect(play.begin()).toEqual([{ do: 'say', text }]);
});

it('needs a text', () => {
  expect(greeting.config.safeParse({ text: '  ' }).success).toBe(false);
});
