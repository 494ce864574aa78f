import type { Document } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

interface Item {
  _id: number;
  x?: number;
}

let bench: Bench;
let items: Collection<Item>;

/** Lets numbered writes lose their connection after, or before, they were stored. */
const losing = (mode: Document | string, before = false) =>
  bench.client.db('admin').command({
    configureFailPoint: 'onPrimaryTransactionalWrite',
    mode,
    ...(before ? { data: { failBeforeCommitExceptionCode: 1 } } : {}),
  });

beforeAll(async () => {
  bench = await startBench();
  items = bench.db.collection<Item>('items');
});
beforeEach(async () => {
  await losing('off');
  await items.deleteMany({});
  await items.insertOne({ _id: 1, x: 1 });
});
afterAll(() => bench.stop());

describe.each([
  ['after', false],
  ['before', true],
])('a write whose connection is lost %s it was stored', (_when, before) => {
  it('happens once', async () => {
    await losing({ times: 1 }, before);
    await items.insertOne({ _id: 2, x: 2 });
    await losing({ times: 1 }, before);
    await items.updateOne({ _id: 1 }, { $inc: { x: 1 } });
    await losing({ times: 1 }, before);
    expect(await items.findOneAndUpdate({ _id: 1 }, { $inc: { x: 1 } })).toMatchObject({ x: 2 });
    await losing({ times: 1 }, before);
    await items.deleteOne({ _id: 2 });
    expect(await items.find().toArray()).toEqual([{ _id: 1, x: 3 }]);
  });

  it('happens once in the middle of a list', async () => {
    await losing({ skip: 2 }, before);
    const done = items.bulkWrite([
      { updateOne: { filter: { _id: 1 }, update: { $inc: { x: 1 } } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { x: 10 } } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { x: 100 } } } },
    ]);
    if (before) {
      // It fails each time it is tried.
      await expect(done).rejects.toThrow();
      expect(await items.findOne({ _id: 1 })).toEqual({ _id: 1, x: 12 });
      return;
    }
    expect((await done).modifiedCount).toBe(3);
    expect(await items.findOne({ _id: 1 })).toEqual({ _id: 1, x: 112 });
  });
});

it('a write that fails twice is the caller’s to know', async () => {
  await losing({ times: 2 }, true);
  const failed = await items.insertOne({ _id: 2 }).catch((e) => e);
  expect(failed.hasErrorLabel('RetryableWriteError')).toBe(true);
  expect(await items.countDocuments({})).toBe(1);
});
