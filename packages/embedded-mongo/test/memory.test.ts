import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

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

  const spilled = async () => (await bench.db.command({ serverStatus: 1 }))['metrics'].query.sort;
  const all = Array.from({ length: DOCUMENTS }, (_, i) => (i * 7919) % 40_009).sort(
    (a, b) => a - b,
  );

  it('sorts more than it may hold by way of the disk, and leaves nothing there', async () => {
    const before = (await spilled()).spillToDisk;
    const found = await items().find().sort({ n: 1 }).toArray();
    expect(found.map(({ n }) => n)).toEqual(all);
    const pipeline = [{ $set: { more: 1 } }, { $sort: { n: -1 } }, { $project: { n: 1 } }];
    const piped = await items().aggregate(pipeline).toArray();
    expect(piped.map(({ n }) => n)).toEqual(all.toReversed());
    const half = items().find().sort({ n: 1 }).batchSize(10);
    expect((await half.next())?.['n']).toBe(all[0]);
    await half.close();
    const { spillToDisk, spillToDiskBytes } = await spilled();
    expect(spillToDisk - before).toBeGreaterThanOrEqual(3);
    expect(spillToDiskBytes).toBeGreaterThan(1_000_000);
    expect(readdirSync(path.join(bench.dir, 'spill'))).toEqual([]);
  });

  it('refuses to sort more than it may hold where the disk is not to be used', async () => {
    const words = /Sort exceeded memory limit of 6710886 bytes, but did not opt in/;
    const sorted = items().find().sort({ n: 1 }).allowDiskUse(false);
    await expect(sorted.toArray()).rejects.toMatchObject({ code: 292, message: words });
    const pipeline = [{ $set: { more: 1 } }, { $sort: { n: 1 } }];
    const refused = items().aggregate(pipeline, { allowDiskUse: false }).toArray();
    await expect(refused).rejects.toMatchObject({ code: 292, message: words });
  });

  it('refuses to group more than it may hold, in words that say so, and goes on', async () => {
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
    const before = (await spilled()).spillToDisk;
    await items().createIndex({ n: 1, text: 1 });
    expect((await spilled()).spillToDisk).toBeGreaterThan(before);
    expect(readdirSync(path.join(bench.dir, 'spill'))).toEqual([]);
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
