import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, sleep, startBench } from './harness.ts';

const JOBS = 2000;

describe('agenda with two workers', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  it(`runs ${JOBS} jobs exactly once while the database process is killed three times`, async () => {
    const ran = new Map<number, number>();
    const errors: unknown[] = [];
    const workers = ['a', 'b'].map((name) => {
      const backend = new MongoBackend({ mongo: bench.db, ensureIndex: true });
      const worker = new Agenda({
        backend,
        name,
        processEvery: 200,
        defaultConcurrency: 25,
        maxConcurrency: 50,
        // Without limits agenda locks everything that is due and looks through it again and again.
        defaultLockLimit: 50,
      });
      worker.define<{ i: number }>('work', (job, done) => {
        const { i } = job.attrs.data;
        ran.set(i, (ran.get(i) ?? 0) + 1);
        setTimeout(done, 5);
      });
      worker.on('error', (error: unknown) => errors.push(error));
      return worker;
    });
    await Promise.all(workers.map((worker) => worker.start()));
    const [first, second] = workers as [Agenda, Agenda];
    for (let i = 0; i < JOBS; i += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, k) =>
          ((i + k) % 2 ? first : second).now('work', { i: i + k }),
        ),
      );
    let kills = 0;
    for (let waited = 0; ran.size < JOBS && waited < 200_000; waited += 100) {
      if (kills < 3 && bench.mongo.pid && ran.size > (JOBS / 4) * (kills + 1)) {
        process.kill(bench.mongo.pid, 'SIGKILL');
        kills++;
      }
      await sleep(100);
    }
    await sleep(1000);
    const twice = [...ran].filter(([, times]) => times !== 1);
    expect(ran.size).toBe(JOBS);
    expect(twice).toEqual([]);
    expect(errors).toEqual([]);
    expect(kills).toBe(3);
    await Promise.all(workers.map((worker) => worker.stop()));
  }, 120_000);
});
