import { describe, expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import leadCapture from './index.ts';
import { readField } from '../shared/read-field.ts';

const question = (text: string) => [
  { do: 'say', text },
  { do: 'wait', ms: 900_000 },
];

describe('contact details', () => {
  it('are asked for one after another and kept', () => {
    const play = playing(leadCapture, {
      ask: ['name', 'phone', 'email'],
      intro: 'First, who are you?',
      thanks: 'Thank you!',
    });
    expect(play.begin()).toEqual([
      { do: 'say', text: 'First, who are you?' },
      ...question('What is your name?'),
    ]);
    expect(play.write(' Ann  Lee ')).toEqual([
      { do: 'set-contact', field: 'name', value: 'Ann Lee' },
      ...question('At which phone number can we reach you?'),
    ]);
    expect(play.write('+49 (30) 123-456')).toEqual([
      { do: 'set-contact', field: 'phone', value: '+4930123456' },
      ...question('What is your e-mail address?'),
    ]);
    expect(play.write('it is Ann.Lee@Example.org.')).toEqual([
      { do: 'set-contact', field: 'email', value: 'ann.lee@example.org' },
      { do: 'say', text: 'Thank you!' },
    ]);
    expect(play.done).toBe(true);
  });

  it('are asked for only where they are missing', () => {
    const known = { hasName: true, hasPhone: false, hasEmail: true };
    const play = playing(leadCapture, { ask: ['name', 'phone', 'email'] }, { contact: known });
    expect(play.begin()).toEqual(question('At which phone number can we reach you?'));
    const all = { hasName: true, hasPhone: true, hasEmail: true };
    expect(playing(leadCapture, {}, { contact: all }).applies).toBe(false);
  });

  it('are asked for again when they are none, three times, then left out', () => {
    const play = playing(leadCapture, { ask: ['email', 'name'] });
    play.begin();
    const again = question('Please write an address like ann@example.org.');
    expect(play.write('why?')).toEqual(again);
    expect(play.write('no')).toEqual(again);
    expect(play.write('nope')).toEqual(question('What is your name?'));
    expect(play.write('https://spam.example')).toEqual(question('Please write your name.'));
  });

  it('can be left out by a button, or its words', () => {
    const play = playing(leadCapture, { ask: ['phone', 'email'], skip: 'Rather not' });
    expect(play.begin()).toMatchObject([{ buttons: [{ label: 'Rather not', value: 'skip' }] }, {}]);
    expect(play.press('skip')).toMatchObject([{ text: 'What is your e-mail address?' }, {}]);
    expect(play.write('rather NOT')).toEqual([]);
    expect(play.done).toBe(true);
  });

  it('are given up when the customer is silent', () => {
    const play = playing(leadCapture, {});
    play.begin();
    expect(play.wait()).toEqual([]);
    expect(play.done).toBe(true);
  });
});

describe('what a customer wrote', () => {
  it.each([
    ['phone', '+1 (415) 555-0132', undefined, '+14155550132'],
    ['phone', '0049 30 123456', undefined, '+4930123456'],
    ['phone', '030 123456', '49', '+4930123456'],
    ['phone', 'call 030/123456 please', '49', '+4930123456'],
    ['phone', '030 123456', undefined, null],
    ['phone', '12345', '49', null],
    ['phone', '+1234567890123456', undefined, null],
    ['phone', '+0301234567', undefined, null],
    ['phone', 'none of your business', '49', null],
    ['email', 'a@b.co', undefined, 'a@b.co'],
    ['email', 'Ann <ANN@Example.ORG>', undefined, 'ann@example.org'],
    ['email', 'ann@example', undefined, null],
    ['email', 'ann@@example.org', undefined, null],
    ['email', 'ann@exa..mple.org', undefined, null],
    ['name', 'Иван Петров', undefined, 'Иван Петров'],
    ['name', "  O'Neil ", undefined, "O'Neil"],
    ['name', '12345', undefined, null],
    ['name', 'what is this for?', undefined, null],
    ['name', '<b>Ann</b>', undefined, null],
    ['name', 'x'.repeat(121), undefined, null],
  ] as const)('as %s: %j with country %j is %j', (field, text, country, value) => {
    expect(readField(field, text, country)).toBe(value);
  });
});
