import { afterEach, expect, it } from 'vitest';
import { keepingLog, silentLog } from '../../../test/harness/log.ts';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Jobs } from './jobs.ts';
import { startJobs } from './jobs.ts';
import type { Sweep } from './sweeps.ts';

const started: Jobs[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
});

const database = async () => {
  const test = await openTestStores();
  if (!test.connection.db) throw new Error('not connected');
  return { db: test.connection.db, close: test.close };
};
const often = { askMs: 250 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('runs a sweep again and again, once for all processes together', async () => {
  const { db, close } = await database();
  const runs: string[] = [];
  const sweeps = (process: string): Sweep[] => [
    { name: 'count', everyMs: 1_000, run: () => void runs.push(process) },
  ];
  started.push(
    await startJobs(db, sweeps('a'), silentLog, often),
    await startJobs(db, sweeps('b'), silentLog, often),
  );
  await pause(4_600);
  expect(runs.length).toBeGreaterThanOrEqual(2);
  expect(runs.length).toBeLessThanOrEqual(5);
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
  const after = runs.length;
  await pause(1_500);
  expect(runs).toHaveLength(after);
  await close();
});

it('says when a sweep fails, and runs it again', async () => {
  const { db, close } = await database();
  const log = keepingLog();
  let runs = 0;
  const failing: Sweep = {
    name: 'fails',
    everyMs: 1_000,
    run() {
      runs++;
      throw new Error('no luck');
    },
  };
  started.push(await startJobs(db, [failing], log, often));
  await pause(4_000);
  expect(runs).toBeGreaterThanOrEqual(2);
  expect(log.lines.join()).toContain('no luck');
  await Promise.all(started.splice(0).map((jobs) => jobs.stop()));
  await close();
});
