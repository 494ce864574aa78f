import { describe, expect, it } from 'vitest';
import { isTest, sourcesIn } from './sources.ts';

/** Hand the whole environment to `src/app/config.ts` and read nothing of it themselves. */
const ENTRANCES = /^src\/[^/]+\.ts$|^src\/demo\/main\.ts$/;

const sources = ['src', 'channels', 'flows', 'inbox', 'web-widget']
  .flatMap((folder) => sourcesIn(folder, ['.ts', '.tsx']))
  .filter(({ file }) => !isTest(file) && !file.startsWith('src/app/'));

describe('the environment', () => {
  it('is read in src/app only; the entrances hand it over whole', () => {
    const found = sources.flatMap(({ file, text }) => {
      const rest = ENTRANCES.test(file) ? text.replaceAll('readConfig(process.env)', '') : text;
      return /\bprocess\.env\b|import\.meta\.env\b/.test(rest) ? [file] : [];
    });
    expect(found).toEqual([]);
  });

  it('is handed over by the main entrance', () => {
    const main = sources.find(({ file }) => file === 'src/main.ts');
    expect(main?.text).toContain('readConfig(process.env)');
  });
});
