// Builds the database package, the server (tsc) and the two web apps (vite). --if-needed: only when a source is newer
// than the last build.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Latest change below a path, in ms; 0 when it does not exist. */
const newest = (entry) => {
  const stat = fs.statSync(entry, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    stat.mtimeMs,
    ...fs.readdirSync(entry).map((name) => newest(path.join(entry, name))),
  );
};
const builtAt = (stamp) => fs.statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const ifNeeded = process.argv.includes('--if-needed');

const tsc = (project) => {
  const run = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
    stdio: 'inherit',
  });
  if (run.status !== 0) process.exit(run.status ?? 1);
};

const parts = [
  {
    name: 'embedded database',
    stamp: 'packages/embedded-mongo/dist/.built',
    sources: ['packages/embedded-mongo/src', 'packages/embedded-mongo/tsconfig.json'],
    build: () => tsc('packages/embedded-mongo/tsconfig.json'),
  },
  {
    name: 'server',
    stamp: 'dist/.built',
    sources: ['src', 'channels', 'flows', 'package.json', 'tsconfig.json'],
    build: () => tsc('tsconfig.json'),
  },
  {
    name: 'web apps',
    stamp: 'web-dist/.built',
    sources: ['inbox', 'web-widget', 'src/contract', 'vite.config.mjs', 'package.json'],
    build: async () => {
      const { build } = await import('vite');
      const { apps } = await import('../vite.config.mjs');
      for (const app of apps) await build({ configFile: false, logLevel: 'warn', ...app });
    },
  },
];

for (const { name, stamp, sources, build } of parts) {
  if (ifNeeded && builtAt(stamp) > Math.max(...sources.map(newest))) continue;
  const started = performance.now();
  await build();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, new Date().toISOString());
  console.log(`built ${name} in ${Math.round(performance.now() - started)} ms`);
}
