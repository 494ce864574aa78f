import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

test('the recipe for a channel names only paths and exports that exist', () => {
  const recipe = readFileSync(new URL('docs/developers/add-a-channel.md', root), 'utf8');
  const paths = [...recipe.matchAll(/`((?:channels|src|test)\/[\w./-]*)`/g)].map((match) =>
    String(match[1]),
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);

  const sources = paths
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(new URL(path, root), 'utf8'))
    .join('\n');
  for (const name of [
    'defineChannel',
    'sameSecret',
    'verifyWebhook',
    'plausibleTime',
    'sendFailure',
    'startDouble',
    'ChannelKit',
  ])
    expect(sources, name).toMatch(
      new RegExp(`export (async )?(function|interface|const) ${name}\\b`),
    );
});
