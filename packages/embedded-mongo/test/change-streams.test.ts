import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeStream, Document } from 'mongodb';
import { type Bench, startBench } from './harness.ts';

interface Item {
  _id: number;
  n?: number;
}

async function take(stream: ChangeStream<Document>, count: number): Promise<Document[]> {
  const events: Document[] = [];
  while (events.length < count) events.push(await stream.next());
  return events;
}

describe('a change stream', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  it('tells inserts, updates, replacements and deletes in order', async () => {
    const items = bench.db.collection<Item>('told');
    const stream = items.watch([], { fullDocument: 'updateLookup' });
    await stream.tryNext();
    await items.insertOne({ _id: 1 });
    await items.updateOne({ _id: 1 }, { $set: { n: 1 } });
    await items.replaceOne({ _id: 1 }, { n: 2 });
    await items.deleteOne({ _id: 1 });
    const events = await take(stream, 4);
    expect(events.map((event) => event['operationType'])).toEqual([
      'insert',
      'update',
      'replace',
      'delete',
    ]);
    expect(events[1]).toMatchObject({
      ns: { db: 'test', coll: 'told' },
      documentKey: { _id: 1 },
      updateDescription: { updatedFields: { n: 1 }, removedFields: [] },
    });
    await stream.close();
  });

  it('tells of lists what changed in them', async () => {
    const items = bench.db.collection<Document>('lists');
    await items.insertOne({ list: [1, 2, 3], parts: [{ n: 1 }, { n: 2 }] });
    const stream = items.watch();
    await stream.tryNext();
    await items.updateOne({}, { $push: { list: 4 } as Document });
    await items.updateOne({}, { $set: { 'parts.1.n': 5, 'list.0': 0 } });
    await items.updateOne({}, { $set: { list: ['a', 'b', 'c', 'd'] } });
    const events = await take(stream, 3);
    expect(events.map((event) => event['updateDescription'].updatedFields)).toEqual([
      { 'list.3': 4 },
      { 'parts.1.n': 5, 'list.0': 0 },
      { list: ['a', 'b', 'c', 'd'] },
    ]);
    await stream.close();
  });

  it('tells what documents were before and right after, where that is kept', async () => {
    for (const enabled of [true, false]) {
      const name = `images-${enabled}`;
      const images = { changeStreamPreAndPostImages: { enabled } };
      const items = await bench.db.createCollection<Item>(name, images);
      const wanted = { fullDocument: 'whenAvailable', fullDocumentBeforeChange: 'whenAvailable' };
      const stream = items.watch([], wanted);
      await stream.tryNext();
      await items.insertOne({ _id: 1, n: 1 });
      await items.updateOne({ _id: 1 }, { $set: { n: 2 } });
      await items.deleteOne({ _id: 1 });
      const [, update, removal] = await take(stream, 3);
      expect(update?.['fullDocument']).toEqual(enabled ? { _id: 1, n: 2 } : null);
      expect(update?.['fullDocumentBeforeChange']).toEqual(enabled ? { _id: 1, n: 1 } : null);
      expect(removal?.['fullDocumentBeforeChange']).toEqual(enabled ? { _id: 1, n: 2 } : null);
      await stream.close();
    }
    const strict = bench.db
      .collection<Item>('images-false')
      .watch([], { fullDocumentBeforeChange: 'required' });
    await strict.tryNext();
    await bench.db.collection<Item>('images-false').insertOne({ _id: 2 });
    await bench.db.collection<Item>('images-false').deleteOne({ _id: 2 });
    await expect(take(strict, 2)).rejects.toMatchObject({ code: 47 });
  });

  it('ends when its pipeline changes the token', async () => {
    const items = bench.db.collection<Item>('tokens');
    const stream = items.watch([{ $set: { _id: { more: 1 } } }]);
    await stream.tryNext();
    await items.insertOne({ _id: 1 });
    await expect(stream.next()).rejects.toMatchObject({ code: 280 });
  });

  it('can be filtered, and resumed where it was', async () => {
    const items = bench.db.collection<Item>('resumed');
    const stream = items.watch([{ $match: { 'fullDocument.n': { $gt: 1 } } }]);
    await stream.tryNext();
    await items.insertMany([1, 2, 3].map((n) => ({ _id: n, n })));
    const [second] = await take(stream, 1);
    expect(second?.['documentKey']).toEqual({ _id: 2 });
    await stream.close();
    const again = items.watch([], { resumeAfter: second?.['_id'] });
    const [third] = await take(again, 1);
    expect(third?.['documentKey']).toEqual({ _id: 3 });
    await again.close();
  });

  it('tells a transaction only when it commits', async () => {
    const items = bench.db.collection<Item>('committed');
    await items.insertOne({ _id: 0 });
    const stream = items.watch();
    await stream.tryNext();
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await items.insertOne({ _id: 1 }, { session });
      expect(await stream.tryNext()).toBeNull();
      await session.commitTransaction();
    });
    const [event] = await take(stream as ChangeStream<Document>, 1);
    expect(event?.['documentKey']).toEqual({ _id: 1 });
    await stream.close();
  });

  it('ends when its collection is dropped', async () => {
    const items = bench.db.collection<Item>('dropped');
    await items.insertOne({ _id: 0 });
    const stream = items.watch();
    await stream.tryNext();
    await items.drop();
    const events = await take(stream, 2);
    expect(events.map((event) => event['operationType'])).toEqual(['drop', 'invalidate']);
    await stream.close();
  });

  it('refuses a token of an earlier process, as of a history that is lost', async () => {
    const items = bench.db.collection<Item>('old');
    const stream = items.watch([], { resumeAfter: { _data: '0000000000000001' } });
    await expect(stream.next()).rejects.toMatchObject({ code: 286 });
    await stream.close();
  });
});
