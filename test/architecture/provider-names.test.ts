import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTest, ROOT, sourcesIn } from './sources.ts';

const channels = readdirSync(path.join(ROOT, 'channels'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name);

/** Names of channels that are words of their own too, and where they may stand. `every` means anywhere. */
const WORDS: Readonly<Record<string, { where: 'every' | readonly string[]; why: string }>> = {
  api: { where: 'every', why: 'our own REST interface lies under /api' },
  sandbox: {
    where: ['src/demo/', 'src/surfaces/http/plugins/file-contents.ts'],
    why: 'the demo speaks through the pretend provider; a content security policy has a sandbox',
  },
};

const sources = ['src', 'inbox', 'web-widget', 'flows']
  .flatMap((folder) => sourcesIn(folder, ['.ts', '.tsx', '.css', '.html', '.json']))
  .filter(({ file }) => !isTest(file) && !file.startsWith('inbox/public/'));

/** Where a name stands as a word, or as the part of a camel-case or dashed one. */
function mentions(name: string, text: string): number[] {
  const word = new RegExp(
    `(?<![a-z])${name}(?![a-z])|(?<=[a-z])${name[0]?.toUpperCase()}${name.slice(1)}(?![a-z])`,
    'g',
  );
  const capital = new RegExp(
    `(?<![A-Za-z])${name[0]?.toUpperCase()}${name.slice(1)}(?![a-z])`,
    'g',
  );
  return text
    .split('\n')
    .flatMap((line, index) => (line.match(word) || line.match(capital) ? [index + 1] : []));
}

describe("a provider's name", () => {
  it.each(channels)('%s stands nowhere outside its channel', (name) => {
    const { where } = WORDS[name] ?? { where: [] };
    const found = sources
      .filter(({ file }) => where !== 'every' && !where.some((start) => file.startsWith(start)))
      .flatMap(({ file, text }) => mentions(name, text).map((line) => `${file}:${line}`));
    expect(found).toEqual([]);
  });

  it('is looked for in every channel there is', () => {
    expect(channels).toEqual(expect.arrayContaining(['api', 'sandbox', 'telegram', 'webchat']));
    expect(Object.keys(WORDS).filter((name) => !channels.includes(name))).toEqual([]);
  });

  it('is found in the shapes that code gives it', () => {
    const shapes = [
      "type === 'telegram'",
      'isTelegram(x)',
      'Telegram needs',
      '.telegram-badge',
      'telegramOnly',
    ];
    for (const shape of shapes) expect(mentions('telegram', shape), shape).toEqual([1]);
    expect(mentions('api', 'rapid')).toEqual([]);
  });
});
