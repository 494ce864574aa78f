import { describe, expect, it } from 'vitest';
import { sourcesIn } from './sources.ts';

const tests = ['src', 'channels', 'flows', 'inbox', 'web-widget', 'packages', 'test'].flatMap(
  (folder) => sourcesIn(folder, ['.test.ts', '.test.tsx']),
);

const LEFT_OUT =
  /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fails|skipIf|runIf)\b|^\s*(?:xit|xdescribe|xtest|fit|fdescribe)\(/;

const linesWith = (pattern: RegExp, text: string): number[] =>
  text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));

describe('tests', () => {
  it('are all run: none is skipped, focused or left for later', () => {
    const found = tests
      .filter(({ file }) => file !== 'test/architecture/tests.test.ts')
      .flatMap(({ file, text }) => linesWith(LEFT_OUT, text).map((line) => `${file}:${line}`));
    expect(found).toEqual([]);
  });

  it('are found where they lie', () => {
    expect(tests.length).toBeGreaterThan(60);
  });

  it.each(['it.skip(', 'it.only(', 'describe.skipIf(x)(', 'test.concurrent.only(', 'it.todo(', 'xit('])(
    'would be seen to be left out by %s',
    (text) => {
      expect(linesWith(LEFT_OUT, text)).toEqual([1]);
    },
  );
});
