import { describe, expect, it } from 'vitest';
import { sourcesIn } from './sources.ts';

const tests = ['src', 'channels', 'flows', 'inbox', 'web-widget', 'packages', 'test'].flatMap(
  (folder) => sourcesIn(folder, ['.test.ts', '.test.tsx']),
);

const LEFT_OUT =
  /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fails|skipIf|runIf)\b|^\s*(?:xit|xdescribe|xtest|fit|fdescribe)\(/;

/** Tests that some machines can not run. Their names say so there: a fresh machine must tell what it left out, and why. */
const NEEDS_MORE: Readonly<Record<string, string>> = {
  'packages/embedded-mongo/test/memory.test.ts': 'only Linux tells a process’s own memory',
  'packages/embedded-mongo/test/supervision.test.ts': 'a full disk needs the right to mount one',
};

const linesWith = (pattern: RegExp, text: string): number[] =>
  text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));

describe('tests', () => {
  it('are all run: none is skipped, focused or left for later', () => {
    const found = tests
      .filter(({ file }) => file !== 'test/architecture/tests.test.ts' && !(file in NEEDS_MORE))
      .flatMap(({ file, text }) => linesWith(LEFT_OUT, text).map((line) => `${file}:${line}`));
    expect(found).toEqual([]);
  });

  it.each(Object.keys(NEEDS_MORE))('that not every machine can run say so: %s', (name) => {
    const text = tests.find(({ file }) => file === name)?.text ?? '';
    expect(linesWith(LEFT_OUT, text)).toHaveLength(1);
    expect(text).toContain('(skipped: ');
  });

  it('are found where they lie', () => {
    expect(tests.length).toBeGreaterThan(60);
  });

  it.each([
    'it.skip(',
    'it.only(',
    'describe.skipIf(x)(',
    'test.concurrent.only(',
    'it.todo(',
    'xit(',
  ])('would be seen to be left out by %s', (text) => {
    expect(linesWith(LEFT_OUT, text)).toEqual([1]);
  });
});
