import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, sleep, startBench } from './harness.ts';

const DOCUMENTS = 40_000;

/** Megabytes that belong to a process alone: what it maps from the data file is not counted. */
function ownMb(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Anonymous:\s+(\d+)/m.exec(text)?.[1]) / 1024;
}

describe('a database with little memory', () => {
  let bench: Bench;
  const items = () => bench.db.collection('items');

  beforeAll(async () => {
    bench = await startBench({ memoryMb: 16 });
    for (let n = 0; n < DOCUMENTS; n += 5000)
      await items().insertMany(
        Array.from({ length: 5000 }, (_, i) => ({
          n: ((n + i) * 7919) % 40_009,
          text: 'x'.repeat(100),
        })),
      );
  });
  afterAll(() => bench.stop());

  it('refuses to sort more than it may hold, in words that say so, and goes on', async () => {
    const words = /Sort exceeded memory limit of 6710886 bytes, but did not opt in/;
    const sorted = items().find().sort({ n: 1 });
    await expect(sorted.toArray()).rejects.toMatchObject({ code: 292, message: words });
    await expect(sorted.clone().allowDiskUse(true).toArray()).rejects.toMatchObject({ code: 292 });
    const pipeline = [{ $set: { more: 1 } }, { $sort: { n: 1 } }];
    await expect(items().aggregate(pipeline).toArray()).rejects.toMatchObject({ code: 292 });
    const grouped = items().aggregate([{ $group: { _id: null, all: { $push: '$$ROOT' } } }]);
    await expect(grouped.toArray()).rejects.toMatchObject({ code: 292 });
    const first = await items().find().sort({ n: 1 }).limit(20).toArray();
    expect(first.map(({ n }) => n)).toEqual(
      first.map(({ n }) => n).toSorted((a, b) => Number(a) - Number(b)),
    );
  });

  it('refuses a transaction that changes more than it may hold, and keeps nothing of it', async () => {
    const text = 'y'.repeat(1000);
    const change = bench.client.withSession((session) =>
      session.withTransaction(() => items().updateMany({}, { $set: { text } }, { session })),
    );
    await expect(change).rejects.toMatchObject({
      code: 313,
      message: /transaction is too large and will not fit in the storage engine cache/,
    });
    expect(await items().countDocuments({ text })).toBe(0);
  });

  it('builds an index by way of the disk, and leaves nothing there', async () => {
    const spilled = () => readdirSync(bench.dir).filter((name) => name.startsWith('index-build-'));
    let over = false;
    let seen = 0;
    const building = items()
      .createIndex({ n: 1, text: 1 })
      .finally(() => {
        over = true;
      });
    for (; !over; await sleep(5)) seen = Math.max(seen, spilled().length);
    await building;
    expect(seen).toBe(1);
    expect(spilled()).toEqual([]);
    const sorted = await items()
      .find({}, { projection: { n: 1 } })
      .sort({ n: 1 })
      .toArray();
    expect(sorted).toHaveLength(DOCUMENTS);
    expect(sorted.every(({ n }, i) => i === 0 || Number(n) >= Number(sorted[i - 1]?.['n']))).toBe(
      true,
    );
    expect(await bench.db.command({ validate: 'items' })).toMatchObject({ valid: true });
  });

  const tellsMemory = existsSync('/proc/self/smaps_rollup');
  it.runIf(tellsMemory)(
    `stays small${tellsMemory ? '' : " (skipped: only Linux tells a process's own memory)"}`,
    () => {
      // Node itself takes about twenty.
      expect(ownMb(bench.mongo.pid)).toBeLessThan(110);
    },
  );
});
