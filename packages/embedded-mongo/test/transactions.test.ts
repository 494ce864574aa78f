import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Long, UUID } from 'bson';
import type { Collection } from 'mongodb';
import { type Bench, RawClient, sleep, startBench } from './harness.ts';

interface Item {
  _id: number;
  v: number;
  u?: number;
}

describe('a transaction', () => {
  let bench: Bench;
  let items: Collection<Item>;

  beforeAll(async () => {
    bench = await startBench({}, { maxPoolSize: 40 });
    items = bench.db.collection<Item>('items');
    await items.createIndex({ u: 1 }, { unique: true, sparse: true });
  });
  beforeEach(async () => {
    await items.deleteMany({});
    await items.insertMany([
      { _id: 1, v: 0, u: 1 },
      { _id: 2, v: 0, u: 2 },
    ]);
  });
  afterAll(() => bench.stop());

  it('is invisible until it commits, then visible as a whole', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.insertOne({ _id: 3, v: 3 }, { session });
      await items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session });
      expect(await items.countDocuments({})).toBe(2);
      expect(await items.countDocuments({}, { session })).toBe(3);
      expect(
        (await items.find({}, { session }).sort({ v: -1 }).toArray()).map((d) => d._id),
      ).toEqual([3, 1, 2]);
      await session.commitTransaction();
    });
    expect(await items.countDocuments({})).toBe(3);
  });

  it('makes a write outside wait for what it holds, and others not', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session });
      let over = false;
      const waiting = items.updateOne({ _id: 1 }, { $inc: { v: 10 } }).then(() => {
        over = true;
      });
      await items.updateOne({ _id: 2 }, { $inc: { v: 5 } });
      await sleep(100);
      expect(over).toBe(false);
      expect((await items.findOne({ _id: 1 }))?.v).toBe(0);
      await session.commitTransaction();
      await waiting;
    });
    expect((await items.findOne({ _id: 1 }))?.v).toBe(11);
  });

  it('loses against another that was first, with the label that says to try again', async () => {
    await bench.client.withSession((first) =>
      bench.client.withSession(async (second) => {
        first.startTransaction();
        second.startTransaction();
        await items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session: first });
        await expect(
          items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session: second }),
        ).rejects.toMatchObject({ code: 112, errorLabels: ['TransientTransactionError'] });
        await second.abortTransaction();
        await first.commitTransaction();
      }),
    );
  });

  it('sees one moment, and may not write what changed since', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.findOne({ _id: 1 }, { session });
      await items.updateOne({ _id: 1 }, { $set: { v: 100 } });
      expect((await items.findOne({ _id: 1 }, { session }))?.v).toBe(0);
      await expect(
        items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session }),
      ).rejects.toMatchObject({ code: 112 });
      await session.abortTransaction();
    });
  });

  it('holds a unique key it has taken', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.insertOne({ _id: 3, v: 0, u: 3 }, { session });
      const rival = items.insertOne({ _id: 4, v: 0, u: 3 }).then(
        () => 'stored',
        (error: { code: number }) => error.code,
      );
      await sleep(50);
      await session.commitTransaction();
      expect(await rival).toBe(11000);
    });
  });

  it('counts right when sixteen add to one number', async () => {
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let i = 0; i < 5; i++)
          await bench.client.withSession((session) =>
            session.withTransaction(async () => {
              const item = await items.findOne({ _id: 2 }, { session });
              await items.updateOne({ _id: 2 }, { $set: { v: (item?.v ?? 0) + 1 } }, { session });
            }),
          );
      }),
    );
    expect((await items.findOne({ _id: 2 }))?.v).toBe(80);
  });

  it('may be long: a thousand documents, an updateMany, a deleteMany', async () => {
    await bench.client.withSession((session) =>
      session.withTransaction(async () => {
        const many = Array.from({ length: 1000 }, (_, n) => ({ _id: 100 + n, v: n % 3 }));
        await items.insertMany(many, { session });
        await items.updateMany({ v: 1 }, { $set: { v: 50 } }, { session });
        await items.deleteMany({ v: 2 }, { session });
      }),
    );
    expect(await items.countDocuments({ v: 50 })).toBe(333);
    expect(await items.countDocuments({ v: 2 })).toBe(0);
    expect((await bench.db.command({ validate: 'items' }))['errors']).toEqual([]);
  });

  it('keeps an index right that is built while it is open', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.updateOne({ _id: 1 }, { $set: { v: 7 } }, { session });
      const building = items.createIndex({ v: 1 });
      await sleep(50);
      await items.insertOne({ _id: 9, v: 9 });
      await session.commitTransaction();
      await building;
    });
    expect((await bench.db.command({ validate: 'items' }))['errors']).toEqual([]);
    expect(await items.find({ v: 7 }).hint({ v: 1 }).toArray()).toHaveLength(1);
    await items.dropIndex('v_1');
  });

  it('is not repeated when its commit is asked for twice', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.updateOne({ _id: 1 }, { $inc: { v: 1 } }, { session });
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect((await items.findOne({ _id: 1 }))?.v).toBe(1);
  });

  it('is committed once when eight connections ask for it at the same moment', async () => {
    const clients = await Promise.all(
      Array.from({ length: 8 }, () => RawClient.open(bench.mongo.uri)),
    );
    const numbered = { lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1), autocommit: false };
    const inserted = await clients[0]?.command({
      insert: 'items',
      documents: [
        { _id: 3, v: 0 },
        { _id: 4, v: 0 },
      ],
      startTransaction: true,
      ...numbered,
    });
    expect(inserted).toMatchObject({ ok: 1, n: 2 });
    const commit = { commitTransaction: 1, $db: 'admin', ...numbered };
    // While the server is busy with this, all of them come in.
    const busy = RawClient.open(bench.mongo.uri).then((client) => {
      const documents = Array.from({ length: 3000 }, (_, n) => ({ n, text: 'x'.repeat(200) }));
      return client.command({ insert: 'others', documents }).finally(() => client.close());
    });
    await sleep(5);
    const answers = await Promise.all(clients.map((client) => client.command(commit)));
    await busy;
    expect(answers.map(({ ok }) => ok)).toEqual(clients.map(() => 1));
    for (const client of clients) client.close();
    // The first is the kept count, the second counts.
    expect(await items.estimatedDocumentCount()).toBe(4);
    expect(await items.countDocuments()).toBe(4);
  });
});
