import { describe, expect, test } from 'vitest';
import { contrast, inkOn } from './colour.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { runsOf } from './rich.ts';
import { ru } from './ru.ts';
import { chooseLanguage, loadWords } from './t.ts';
import { dayName, fileSize, whenBack } from './time.ts';

describe('formatted text', () => {
  test('is cut where its formatting changes, overlaps included', () => {
    const runs = runsOf('one two three', [
      { type: 'bold', offset: 0, length: 7 },
      { type: 'italic', offset: 4, length: 9 },
    ]);
    expect(runs).toEqual([
      { text: 'one ', types: ['bold'] },
      { text: 'two', types: ['bold', 'italic'] },
      { text: ' three', types: ['italic'] },
    ]);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', ' vbscript:x'])(
    'does not link %s',
    (url) => {
      expect(runsOf('click', [{ type: 'link', offset: 0, length: 5, url }])).toEqual([
        { text: 'click', types: [] },
      ]);
    },
  );

  test.each([
    ['see https://a.example/x.', 'https://a.example/x'],
    ['(https://a.example/b_(c))', 'https://a.example/b_(c)'],
    ['https://a.example/?q=1&r=2, then', 'https://a.example/?q=1&r=2'],
  ])('finds the address in "%s"', (text, url) => {
    expect(runsOf(text).flatMap((run) => run.url ?? [])).toEqual([url]);
  });

  test('leaves addresses in code alone', () => {
    expect(runsOf('https://a.example', [{ type: 'code', offset: 0, length: 17 }])).toEqual([
      { text: 'https://a.example', types: ['code'] },
    ]);
  });

  test('survives marks that reach beyond the text', () => {
    expect(
      runsOf('ab', [{ type: 'bold', offset: 1, length: 99 }])
        .map(({ text }) => text)
        .join(''),
    ).toBe('ab');
  });
});

describe('colours', () => {
  test.each(['#2563eb', '#ffffff', '#000000', '#facc15', '#1d6b4f', '#e11d48', '#777777'])(
    'text on %s is readable',
    (color) => {
      expect(contrast(color, inkOn(color))).toBeGreaterThanOrEqual(4.4);
    },
  );
});

describe('languages', () => {
  test.each([
    ['auto', ['de-AT', 'en'], 'de', 'de-AT'],
    ['auto', ['fr', 'ru'], 'ru', 'ru'],
    ['auto', ['fr'], 'en', 'en'],
    ['ru', ['en-US'], 'ru', 'ru'],
    ['auto', ['en-US@posix'], 'en', 'en'],
  ])('with %s and %j it is %s', (setting, browser, code, locale) => {
    expect(chooseLanguage(setting, browser)).toMatchObject({ code, locale });
  });

  test('a browser that reads from the right gets a page that does', () => {
    expect(chooseLanguage('auto', ['ar']).rtl).toBe(true);
    expect(chooseLanguage('de', ['ar']).rtl).toBe(false);
  });

  test.each([
    ['de', de],
    ['ru', ru],
  ])('%s fills in what English does', (_code, texts) => {
    const holes = (entry: unknown): string[] =>
      [...new Set(JSON.stringify(entry).match(/\{\w+\}/g))].sort();
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(holes(texts[key]), key).toEqual(holes(en[key]));
  });

  test.each([
    [1, '1 непрочитанное сообщение'],
    [3, '3 непрочитанных сообщения'],
    [5, '5 непрочитанных сообщений'],
  ])('Russian counts %i', async (n, words) => {
    expect((await loadWords({ code: 'ru', locale: 'ru' }))('unread', { n })).toBe(words);
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 2, 15);

  test('days have names', async () => {
    const t = await loadWords({ code: 'en', locale: 'en' });
    expect(dayName(new Date(2026, 10, 2, 1), now, 'en', t)).toBe('Today');
    expect(dayName(new Date(2026, 10, 1, 23), now, 'en', t)).toBe('Yesterday');
    expect(dayName(new Date(2025, 0, 5), now, 'en', t)).toContain('2025');
  });

  test('coming back tomorrow names the day', () => {
    expect(whenBack(new Date(2026, 10, 2, 18), now, 'de')).toBe('18:00');
    expect(whenBack(new Date(2026, 10, 3, 9), now, 'de')).toContain('Dienstag');
  });

  test('sizes are short', () => {
    expect([fileSize(3, 'en'), fileSize(15_700, 'en'), fileSize(2_449_000, 'en')]).toEqual([
      '1 kB',
      '16 kB',
      '2.4 MB',
    ]);
  });
});
