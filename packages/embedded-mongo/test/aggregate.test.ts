import type { Document } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

interface Order {
  _id: number;
  customer: string;
  amount: number;
}

describe('an aggregation', () => {
  let bench: Bench;
  let orders: Collection<Order>;
  const named = (name: string): Collection<Document> => bench.db.collection(name);

  beforeAll(async () => {
    bench = await startBench();
    orders = bench.db.collection<Order>('orders');
    await orders.createIndex({ customer: 1, amount: -1 });
    await orders.insertMany(
      Array.from({ length: 1000 }, (_, n) => ({
        _id: n,
        customer: `c${n % 10}`,
        amount: (n * 37) % 100,
      })),
    );
    await named('customers').insertMany(
      Array.from({ length: 10 }, (_, n) => ({ name: `c${n}`, city: n % 2 ? 'Oslo' : 'Rome' })),
    );
  });
  afterAll(() => bench.stop());

  it('is read batch by batch', async () => {
    const cursor = orders.aggregate([{ $match: { amount: { $gte: 50 } } }], { batchSize: 7 });
    const seen = new Set<number>();
    for await (const order of cursor) seen.add(order['_id']);
    expect(seen.size).toBe(await orders.countDocuments({ amount: { $gte: 50 } }));
  });

  it('begins with an index, which explain shows', async () => {
    const pipeline = [
      { $match: { customer: 'c3' } },
      { $sort: { amount: -1 } },
      { $limit: 5 },
      { $project: { amount: 1 } },
    ];
    const explained = await orders.aggregate(pipeline).explain();
    const text = JSON.stringify(explained);
    expect(text).toContain('IXSCAN');
    expect(text).not.toContain('"SORT"');
    const amounts = (await orders.aggregate(pipeline).toArray()).map((o) => o['amount']);
    expect(amounts).toEqual([91, 91, 91, 91, 91]);
  });

  it('joins, also through a view and with a pipeline', async () => {
    await bench.db.createCollection('romans', {
      viewOn: 'customers',
      pipeline: [{ $match: { city: 'Rome' } }],
    });
    const joined = await named('romans')
      .aggregate([
        { $lookup: { from: 'orders', localField: 'name', foreignField: 'customer', as: 'orders' } },
        {
          $lookup: {
            from: 'orders',
            let: { who: '$name' },
            pipeline: [
              { $match: { $expr: { $eq: ['$customer', '$$who'] } } },
              { $group: { _id: null, sum: { $sum: '$amount' } } },
            ],
            as: 'total',
          },
        },
        { $sort: { name: 1 } },
      ])
      .toArray();
    expect(joined.map((c) => [c['name'], c['orders'].length])).toEqual([
      ['c0', 100],
      ['c2', 100],
      ['c4', 100],
      ['c6', 100],
      ['c8', 100],
    ]);
    const [first] = joined;
    const sum = first?.['orders'].reduce((n: number, o: Order) => n + o.amount, 0);
    expect(first?.['total']).toEqual([{ _id: null, sum }]);
    expect(await named('romans').countDocuments({ name: 'c1' })).toBe(0);
    expect(await named('romans').countDocuments({ name: 'c2' })).toBe(1);
  });

  it('facets and unites', async () => {
    const [facets] = await orders
      .aggregate([
        {
          $facet: {
            count: [{ $count: 'n' }],
            best: [{ $sort: { amount: -1, _id: 1 } }, { $limit: 1 }],
          },
        },
      ])
      .toArray();
    expect(facets?.['count']).toEqual([{ n: 1000 }]);
    expect(facets?.['best']).toHaveLength(1);
    const united = await orders
      .aggregate([{ $match: { _id: 1 } }, { $unionWith: { coll: 'customers' } }, { $count: 'n' }])
      .toArray();
    expect(united).toEqual([{ n: 11 }]);
  });

  it('writes a collection as a whole with $out, and keeps its indexes', async () => {
    const totals = named('totals');
    await totals.insertOne({ old: true });
    await totals.createIndex({ sum: 1 });
    const group = { $group: { _id: '$customer', sum: { $sum: '$amount' } } };
    await orders.aggregate([group, { $out: 'totals' }]).toArray();
    expect(await totals.countDocuments({})).toBe(10);
    expect((await totals.indexes()).map((index) => index.name)).toEqual(['_id_', 'sum_1']);
    const broken = orders.aggregate([{ $project: { _id: { $literal: 1 } } }, { $out: 'totals' }]);
    await expect(broken.toArray()).rejects.toMatchObject({ code: 11000 });
    expect(await totals.countDocuments({})).toBe(10);
    const left = await bench.db.listCollections({ name: /^tmp/ }).toArray();
    expect(left).toEqual([]);
  });

  it('compares text as its collection does, also in collections it joins', async () => {
    const collation = { locale: 'en', strength: 2 };
    const folded = await bench.db.createCollection<Document>('folded', { collation });
    await folded.insertMany([{ name: 'Ann' }, { name: 'ANN' }]);
    await named('exact').insertOne({ name: 'ann' });
    const counted = [{ $group: { _id: '$name', n: { $sum: 1 } } }];
    expect(await folded.aggregate(counted).toArray()).toEqual([{ _id: 'Ann', n: 2 }]);
    const join = (from: string): Document => ({
      $lookup: { from, localField: 'name', foreignField: 'name', as: 'same' },
    });
    const joined = await folded.aggregate([join('exact')]).toArray();
    expect(joined.map((doc) => doc['same'].length)).toEqual([1, 1]);
    const simply = await named('exact')
      .aggregate([join('folded')])
      .toArray();
    expect(simply.map((doc) => doc['same'].length)).toEqual([0]);
    const simple = { collation: { locale: 'simple' } };
    expect(await folded.aggregate(counted, simple).toArray()).toHaveLength(2);
  });

  it('merges into a collection in every way', async () => {
    const sums = named('sums');
    await sums.insertMany([
      { _id: 'c0' as never, sum: 0, kept: true },
      { _id: 'x' as never, sum: 1 },
    ]);
    const group = { $group: { _id: '$customer', sum: { $sum: 1 } } };
    const into = (rest: Document): Promise<Document[]> =>
      orders.aggregate([group, { $merge: { into: 'sums', ...rest } }]).toArray();
    await into({});
    expect(await sums.findOne({ _id: 'c0' as never })).toEqual({ _id: 'c0', sum: 100, kept: true });
    expect(await sums.countDocuments({})).toBe(11);
    await into({ whenMatched: [{ $set: { sum: { $add: ['$sum', '$$new.sum'] } } }] });
    expect((await sums.findOne({ _id: 'c0' as never }))?.['sum']).toBe(200);
    await into({ whenMatched: 'replace' });
    expect(await sums.findOne({ _id: 'c0' as never })).toEqual({ _id: 'c0', sum: 100 });
    await expect(into({ whenMatched: 'fail' })).rejects.toMatchObject({ code: 11000 });
    await sums.deleteOne({ _id: 'c5' as never });
    await into({ whenMatched: 'merge', whenNotMatched: 'discard' });
    expect(await sums.countDocuments({ _id: 'c5' as never })).toBe(0);
    await expect(into({ on: 'sum' })).rejects.toMatchObject({ code: 51183 });
  });
});
