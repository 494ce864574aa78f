import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, sleep, startBench } from './harness.ts';

interface Line {
  _id: number;
  text?: string;
}

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

async function capped(name: string, options: { size: number; max?: number }) {
  return bench.db.createCollection<Line>(name, { capped: true, ...options });
}
const ids = (lines: Line[]): number[] => lines.map((line) => line._id);

describe('a capped collection', () => {
  it('keeps the latest by number', async () => {
    const lines = await capped('byNumber', { size: 100_000, max: 3 });
    for (let _id = 1; _id <= 5; _id++) await lines.insertOne({ _id });
    expect(ids(await lines.find().toArray())).toEqual([3, 4, 5]);
  });

  it('keeps the latest by bytes, also after documents grew', async () => {
    const lines = await capped('byBytes', { size: 8192 });
    const text = 'x'.repeat(2500);
    for (let _id = 1; _id <= 5; _id++) await lines.insertOne({ _id, text });
    expect(ids(await lines.find().toArray())).toEqual([3, 4, 5]);
    await lines.updateOne({ _id: 5 }, { $set: { text: text.repeat(2) } });
    await lines.insertOne({ _id: 6 });
    expect(ids(await lines.find().toArray())).toEqual([4, 5, 6]);
    await lines.deleteOne({ _id: 5 });
    await lines.insertMany([
      { _id: 7, text },
      { _id: 8, text },
    ]);
    expect(ids(await lines.find().toArray())).toEqual([4, 6, 7, 8]);
  });

  it('refuses what is greater than itself, and transactions', async () => {
    const lines = await capped('refusing', { size: 4096 });
    await expect(lines.insertOne({ _id: 1, text: 'x'.repeat(5000) })).rejects.toMatchObject({
      code: 2,
    });
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await expect(lines.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 263 });
      await session.abortTransaction();
    });
  });

  it('may be given other bounds', async () => {
    const lines = await capped('bounded', { size: 4096, max: 5 });
    for (let _id = 1; _id <= 5; _id++) await lines.insertOne({ _id });
    await bench.db.command({ collMod: 'bounded', cappedMax: 2 });
    await lines.insertOne({ _id: 6 });
    expect(ids(await lines.find().toArray())).toEqual([5, 6]);
  });
});

describe('a tailable cursor', () => {
  it('gives what is there, then what comes', async () => {
    const lines = await capped('tailed', { size: 4096 });
    await lines.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3, text: 'odd' }]);
    const cursor = lines.find(
      { text: { $exists: false } },
      { tailable: true, awaitData: true, maxAwaitTimeMS: 1000 },
    );
    expect([await cursor.next(), await cursor.next()]).toEqual([{ _id: 1 }, { _id: 2 }]);
    const coming = cursor.next();
    await sleep(50);
    await lines.insertMany([{ _id: 4, text: 'odd' }, { _id: 5 }]);
    expect(await coming).toEqual({ _id: 5 });
    await cursor.close();
  });

  it('waits no longer than it was told', async () => {
    const lines = await capped('waiting', { size: 4096 });
    await lines.insertOne({ _id: 1 });
    const cursor = lines.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 60 });
    await cursor.next();
    const began = performance.now();
    expect(await cursor.tryNext()).toBeNull();
    expect(performance.now() - began).toBeGreaterThan(50);
    await cursor.close();
  });

  it('ends when its place is gone, or its limit reached', async () => {
    const lines = await capped('passing', { size: 4096, max: 2 });
    await lines.insertOne({ _id: 1 });
    const cursor = lines.find({}, { tailable: true });
    await cursor.next();
    await lines.insertMany([{ _id: 2 }, { _id: 3 }, { _id: 4 }]);
    await expect(cursor.next()).rejects.toMatchObject({ code: 136 });
    expect(ids(await lines.find({}, { tailable: true, limit: 2 }).toArray())).toEqual([3, 4]);
  });
});
