import { calculateObjectSize } from 'bson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

const DOCUMENTS = Array.from({ length: 5000 }, (_, n) => ({
  _id: n,
  v: n % 7,
  text: 'x'.repeat(n % 90),
}));
const BYTES = DOCUMENTS.reduce((sum, document) => sum + calculateObjectSize(document), 0);

describe('what is told of sizes', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
    const items = bench.db.collection<(typeof DOCUMENTS)[number]>('items');
    await items.insertMany(DOCUMENTS);
    await items.createIndex({ v: 1 });
    await bench.db.createCollection('view', { viewOn: 'items', pipeline: [] });
  });
  afterAll(() => bench.stop());

  it('of a collection, by command and by stage', async () => {
    const wanted = { count: 5000, size: BYTES, nindexes: 2, capped: false, scaleFactor: 1 };
    const told = await bench.db.command({ collStats: 'items' });
    expect(told).toMatchObject({ ...wanted, ns: 'test.items' });
    const [staged] = await bench.db
      .collection('items')
      .aggregate([{ $collStats: { storageStats: {}, count: {} } }])
      .toArray();
    expect(staged).toMatchObject({ count: 5000, storageStats: wanted });
    expect(Object.keys(told['indexSizes'])).toEqual(['_id_', 'v_1']);
    expect(told['indexSizes']['v_1']).toBeGreaterThan(5000 * 10);
    expect(told['totalSize']).toBe(told['storageSize'] + told['totalIndexSize']);
    expect(await bench.db.command({ collStats: 'items', scale: 1024 })).toMatchObject({
      size: Math.floor(BYTES / 1024),
      scaleFactor: 1024,
    });
  });

  it('of a database', async () => {
    expect(await bench.db.stats()).toMatchObject({
      collections: 1,
      views: 1,
      objects: 5000,
      dataSize: BYTES,
      avgObjSize: BYTES / 5000,
      indexes: 2,
    });
  });

  it('of what is not there, or is a view', async () => {
    expect(await bench.db.command({ collStats: 'none' })).toMatchObject({ count: 0, size: 0 });
    await expect(bench.db.command({ collStats: 'view' })).rejects.toMatchObject({ code: 166 });
    const stage = bench.db.collection('none').aggregate([{ $collStats: { count: {} } }]);
    await expect(stage.toArray()).rejects.toMatchObject({ code: 26 });
    const unknown = bench.db.collection('items').aggregate([{ $collStats: { latencyStats: {} } }]);
    await expect(unknown.toArray()).rejects.toMatchObject({ code: 115 });
  });
});
