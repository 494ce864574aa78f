import type { Document } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

interface Item {
  _id: number;
  [field: string]: unknown;
}

describe('an index', () => {
  let bench: Bench;
  let nth = 0;
  const fresh = (): Collection<Item> => bench.db.collection<Item>(`items${nth++}`);
  const validate = async (c: Collection<Item>): Promise<unknown> =>
    (await bench.db.command({ validate: c.collectionName }))['errors'];
  const stages = async (
    c: Collection<Item>,
    filter: Document,
    sort: Document = {},
  ): Promise<string> =>
    JSON.stringify(
      (
        await c
          .find(filter)
          .sort(sort as never)
          .explain('queryPlanner')
      )['queryPlanner'].winningPlan,
    );

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  it('that is unique refuses the second, on insert, update and upsert', async () => {
    const c = fresh();
    await c.createIndex({ email: 1 }, { unique: true });
    await c.insertMany([
      { _id: 1, email: 'a' },
      { _id: 2, email: 'b' },
    ]);
    const twice = {
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'a' },
    };
    await expect(c.insertOne({ _id: 3, email: 'a' })).rejects.toMatchObject(twice);
    await expect(c.insertOne({ _id: 3, email: 'a' })).rejects.toThrow(
      `E11000 duplicate key error collection: ${c.namespace} index: email_1 dup key: { email: "a" }`,
    );
    await expect(c.updateOne({ _id: 2 }, { $set: { email: 'a' } })).rejects.toMatchObject(twice);
    await expect(
      c.updateOne({ _id: 9 }, { $set: { email: 'a' } }, { upsert: true }),
    ).rejects.toMatchObject(twice);
    const bulk = await c
      .insertMany(
        [
          { _id: 4, email: 'a' },
          { _id: 5, email: 'e' },
        ],
        { ordered: false },
      )
      .catch((error: { writeErrors: unknown[]; insertedCount: number }) => error);
    expect(bulk).toMatchObject({ insertedCount: 1 });
    expect(await validate(c)).toEqual([]);
  });

  it('that is unique lets only one of many at once through', async () => {
    const c = fresh();
    await c.createIndex({ k: 1 }, { unique: true });
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        c.updateOne({ k: 'same' }, { $setOnInsert: { _id: n } }, { upsert: true }),
      ),
    );
    expect(await c.countDocuments({})).toBe(1);
    const refused = results.filter((r) => r.status === 'rejected');
    for (const r of refused) expect(r).toMatchObject({ reason: { code: 11000 } });
  });

  it('that is sparse or partial holds only some documents, and is used only where that is enough', async () => {
    const c = fresh();
    await c.createIndex({ a: 1 }, { unique: true, sparse: true });
    await c.createIndex(
      { b: 1 },
      { unique: true, partialFilterExpression: { b: { $type: 'string' } } },
    );
    await c.insertMany([
      { _id: 1 },
      { _id: 2 },
      { _id: 3, b: null },
      { _id: 4, b: null },
      { _id: 5, b: 'x' },
    ]);
    await expect(c.insertOne({ _id: 6, b: 'x' })).rejects.toMatchObject({ code: 11000 });
    expect(await stages(c, { b: 'x' })).toContain('IXSCAN');
    expect(await stages(c, { b: null })).toContain('COLLSCAN');
    expect(await stages(c, { a: null })).toContain('COLLSCAN');
    expect(await c.countDocuments({ b: null })).toBe(4);
  });

  it('over several fields gives the order with and without equalities, both ways', async () => {
    const c = fresh();
    await c.createIndex({ line: 1, at: -1 });
    await c.insertMany(
      Array.from({ length: 300 }, (_, n) => ({ _id: n, line: n % 3, at: (n * 7) % 300 })),
    );
    const plan = await stages(c, { line: 1 }, { at: -1 });
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('SORT');
    expect(await stages(c, { line: 1 }, { at: 1 })).toContain('backward');
    const latest = await c.find({ line: 1 }).sort({ at: -1 }).limit(3).toArray();
    const all = await c.find({ line: 1 }).hint({ $natural: 1 }).sort({ at: -1 }).toArray();
    expect(latest).toEqual(all.slice(0, 3));
  });

  it('merges the ranges of $in where that gives the order', async () => {
    const c = fresh();
    await c.createIndex({ line: 1, at: -1 });
    await c.insertMany(
      Array.from({ length: 300 }, (_, n) => ({ _id: n, line: n % 5, at: (n * 7) % 300 })),
    );
    const filter = { line: { $in: [0, 2, 4] } };
    for (const dir of [1, -1] as const) {
      expect(await stages(c, filter, { at: dir })).toContain('SORT_MERGE');
      const merged = await c.find(filter).sort({ at: dir }).limit(20).toArray();
      const sorted = await c
        .find(filter)
        .hint({ $natural: 1 })
        .sort({ at: dir })
        .limit(20)
        .toArray();
      expect(merged).toEqual(sorted);
    }
    const explained = await c.find(filter).sort({ at: -1 }).limit(10).explain('executionStats');
    expect(explained['executionStats'].totalDocsExamined).toBeLessThan(15);
  });

  it('over arrays finds documents once, and fields of different elements', async () => {
    const c = fresh();
    await c.createIndex({ 'o.p': 1, 'o.q': 1 });
    await c.createIndex({ tags: 1 });
    await c.insertMany([
      {
        _id: 1,
        tags: ['a', 'b', 'a'],
        o: [
          { p: 1, q: 0 },
          { p: 2, q: 1 },
        ],
      },
      { _id: 2, tags: [], o: { p: 1, q: 1 } },
    ]);
    expect(await c.countDocuments({ tags: { $in: ['a', 'b'] } })).toBe(1);
    expect(
      await c.find({ 'o.p': 1, 'o.q': 1 }).hint({ 'o.p': 1, 'o.q': 1 }).toArray(),
    ).toHaveLength(2);
    expect(await c.find({ o: { $elemMatch: { p: 1, q: 1 } } }).toArray()).toHaveLength(0);
  });

  it('with a collation finds texts that differ in case', async () => {
    const c = fresh();
    await c.createIndex({ name: 1 }, { unique: true, collation: { locale: 'en', strength: 2 } });
    await c.insertOne({ _id: 1, name: 'Ann' });
    await expect(c.insertOne({ _id: 2, name: 'ANN' })).rejects.toMatchObject({ code: 11000 });
    const found = c.find({ name: 'aNN' }).collation({ locale: 'en', strength: 2 });
    expect(JSON.stringify(await found.explain('queryPlanner'))).toContain('IXSCAN');
    expect(await found.toArray()).toHaveLength(1);
    expect(await c.find({ name: 'aNN' }).toArray()).toHaveLength(0);
  });

  it('with a time to live removes what is over', async () => {
    const c = fresh();
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await c.insertMany([
      { _id: 1, at: new Date(Date.now() - 120_000) },
      { _id: 2, at: new Date() },
      { _id: 3, at: 'not a date' },
      { _id: 4, at: [new Date(), new Date(Date.now() - 120_000)] },
    ]);
    await bench.client.db('admin').command({ embeddedExpire: 1 });
    expect((await c.find().toArray()).map((d) => d._id)).toEqual([2, 3]);
  });

  it('that is built while others write is right in the end', async () => {
    const c = fresh();
    const documents = Array.from({ length: 20_000 }, (_, n) => ({
      _id: n,
      v: n % 100,
      tags: [n % 7, n % 5],
    }));
    await c.insertMany(documents);
    let building = true;
    const writers = [0, 1, 2, 3].map(async (w) => {
      for (let i = 0; building; i++) {
        const _id = (i * 37 + w * 4999) % 20_000;
        await c.updateOne({ _id }, { $inc: { v: 1 }, $push: { tags: i } } as Document);
        await c.deleteOne({ _id: (_id + 5) % 20_000 });
        await c.insertOne({ _id: 100_000 + w * 100_000 + i, v: i, tags: [i, i + 1] });
      }
    });
    await c.createIndex({ v: 1 });
    await c.createIndex({ tags: 1, v: -1 });
    building = false;
    await Promise.all(writers);
    expect(await validate(c)).toEqual([]);
  });

  it('that several ask for at once is built once', async () => {
    const c = fresh();
    await c.insertMany(Array.from({ length: 5000 }, (_, n) => ({ _id: n, v: n })));
    const asked = Array.from({ length: 5 }, () => c.createIndex({ v: 1 }, { unique: true }));
    expect(await Promise.all(asked)).toEqual(Array(5).fill('v_1'));
    expect(await c.indexes()).toHaveLength(2);
    expect(await validate(c)).toEqual([]);
    await c.insertOne({ _id: 9999, v: 10_000 });
    const twice = Array.from({ length: 4 }, () => c.createIndex({ w: 1 }, { unique: true }));
    for (const one of await Promise.allSettled(twice))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 11000 } });
    expect(await c.indexes()).toHaveLength(2);
  });

  it('that is unique is given up when two documents agree, and leaves nothing behind', async () => {
    const c = fresh();
    await c.insertMany(Array.from({ length: 3000 }, (_, n) => ({ _id: n, v: n % 2999 })));
    await expect(c.createIndex({ v: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await c.indexes()).toHaveLength(1);
    await c.insertOne({ _id: 5000, v: 1 });
    await c.createIndex({ v: 1 });
    expect(await validate(c)).toEqual([]);
  });

  it('of a kind that is not there may be declared, and changes no answer', async () => {
    const items = bench.db.collection<Document>('declared');
    const keys: Document[] = [
      { t: 'text' },
      { '$**': 'text', n: 1 },
      { p: '2dsphere' },
      { '$**': 1 },
    ];
    for (const key of keys) await items.createIndex(key as never);
    await items.createIndex({ 'o.$**': 1 }, { name: 'below' });
    expect(await items.indexes()).toHaveLength(6);
    await items.insertMany([{ n: 1, t: 'one' }, { n: 2 }]);
    expect(await items.countDocuments({ t: 'one' })).toBe(1);
    const { queryPlanner } = await items.find({ n: 2 }).explain('queryPlanner');
    expect(queryPlanner.winningPlan.stage).toBe('COLLSCAN');
    await items.dropIndexes();
    expect(await items.indexes()).toHaveLength(1);
  });

  it('may stand beside another over the same key that is unique or sparse', async () => {
    const items = bench.db.collection('beside');
    await items.createIndex({ k: 1 });
    await items.createIndex({ k: 1 }, { unique: true, name: 'k_unique' });
    await items.createIndex({ k: 1 }, { sparse: true, name: 'k_sparse' });
    expect((await items.indexes()).map((index) => index.name)).toEqual([
      '_id_',
      'k_1',
      'k_unique',
      'k_sparse',
    ]);
  });

  it('of a clustered collection is shown as the cluster, and gives its order', async () => {
    const clusteredIndex = { key: { _id: 1 }, unique: true, name: 'cluster' };
    const items = await bench.db.createCollection('clustered', { clusteredIndex });
    expect(await items.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: 'cluster', unique: true, clustered: true },
    ]);
    await items.insertMany([3, 1, 2].map((_id) => ({ _id: _id as never, n: -_id })));
    expect((await items.find().toArray()).map((d) => d._id)).toEqual([1, 2, 3]);
    expect((await items.find({ n: { $lt: -1 } }).toArray()).map((d) => d._id)).toEqual([2, 3]);
    expect((await items.find().sort({ n: 1 }).toArray()).map((d) => d._id)).toEqual([3, 2, 1]);
  });

  it('can be hidden, changed and dropped', async () => {
    const c = fresh();
    await c.createIndex({ v: 1 });
    await c.insertOne({ _id: 1, v: 1 });
    const mod = (index: Document): Promise<Document> =>
      bench.db.command({ collMod: c.collectionName, index: { name: 'v_1', ...index } });
    await mod({ hidden: true });
    expect(await stages(c, { v: 1 })).toContain('COLLSCAN');
    await mod({ hidden: false });
    expect(await stages(c, { v: 1 })).toContain('IXSCAN');
    await c.dropIndex({ v: 1 } as never);
    expect(await c.indexes()).toHaveLength(1);
  });
});
