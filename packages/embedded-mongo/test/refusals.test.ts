import { type Document, ObjectId } from 'bson';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

type Refusal = [what: string, work: (db: Db) => Promise<unknown>, code: number, words: RegExp];

const command = (given: Document) => (db: Db) => db.command(given);

/** What is asked, and the number and words of MongoDB's refusal. */
const REFUSALS: Refusal[] = [
  ['an unknown command', command({ makeCoffee: 1 }), 59, /no such command: 'makeCoffee'/],
  [
    'an unknown option',
    command({ find: 'items', colour: 1 }),
    40415,
    /'find.colour' is an unknown field/,
  ],
  [
    'a filter that is no document',
    command({ find: 'items', filter: 1 }),
    14,
    /'find.filter' is the wrong type/,
  ],
  ['a negative skip', command({ find: 'items', skip: -1 }), 51024, /'skip' value must be >= 0/],
  [
    'a tailable cursor where nothing is capped',
    (db) => db.collection('items').find({}, { tailable: true }).toArray(),
    2,
    /tailable cursor requested on non capped collection/,
  ],
  [
    'waiting for more of an ordinary cursor',
    command({ find: 'items', awaitData: true }),
    9,
    /Cannot set 'awaitData' without also setting 'tailable'/,
  ],
  ['a negative time limit', command({ find: 'items', maxTimeMS: -1 }), 51024, /value must be >= 0/],
  [
    'index keys back',
    command({ find: 'items', returnKey: true }),
    115,
    /'returnKey' is not supported/,
  ],
  [
    'index bounds',
    command({ find: 'items', min: { n: 1 }, hint: { n: 1 } }),
    115,
    /'min' is not supported/,
  ],
  [
    'an unknown hint',
    (db) => db.collection('items').find().hint('none').toArray(),
    2,
    /hint provided does not/,
  ],
  [
    'a snapshot outside transactions',
    command({ find: 'items', readConcern: { level: 'snapshot' } }),
    72,
    /outside of a transaction/,
  ],
  [
    'an unknown read concern',
    command({ find: 'items', readConcern: { level: 'best' } }),
    9,
    /'readConcern.level'/,
  ],
  [
    'a cursor that is not there',
    command({ getMore: 1n, collection: 'items' }),
    43,
    /cursor id 1 not found/,
  ],
  [
    'a pipeline that is no list',
    command({ aggregate: 'items', pipeline: 1, cursor: {} }),
    14,
    /array/,
  ],
  [
    'an aggregation without cursor',
    command({ aggregate: 'items', pipeline: [] }),
    9,
    /'cursor' option is required/,
  ],
  [
    'an unknown stage',
    (db) =>
      db
        .collection('items')
        .aggregate([{ $brew: {} }])
        .toArray(),
    40324,
    /Unrecognized pipeline stage name: '\$brew'/,
  ],
  [
    'a stage too early',
    (db) =>
      db
        .collection('items')
        .aggregate([{ $out: 'x' }, { $match: {} }])
        .toArray(),
    40601,
    /can only be the final stage/,
  ],
  ['an empty batch', command({ insert: 'items', documents: [] }), 16, /Write batch sizes/],
  [
    'a removal and an update at once',
    command({ findAndModify: 'items', remove: true, update: {} }),
    9,
    /both an update and remove=true/,
  ],
  ['nothing to do', command({ findAndModify: 'items' }), 9, /Either an update or remove=true/],
  [
    'an _id that is an array',
    (db) => db.collection('items').insertOne({ _id: [1] } as never),
    2,
    /cannot be of type array/,
  ],
  [
    'a document over 16 MB',
    (db) => db.collection('items').insertOne({ text: 'x'.repeat(16 * 1024 * 1024) }),
    10334,
    /Size must be between 0 and/,
  ],
  [
    'a unique text index',
    (db) => db.collection('items').createIndex({ text: 'text' }, { unique: true }),
    67,
    /'text' does not support the unique option/,
  ],
  [
    'a unique wildcard index',
    (db) => db.collection('items').createIndex({ '$**': 1 }, { unique: true }),
    67,
    /'wildcard' does not support the unique option/,
  ],
  [
    'an index plugin of no kind',
    (db) => db.collection('items').createIndex({ a: 'magic' as never }),
    67,
    /Unknown index plugin 'magic'/,
  ],
  [
    'an index option of no kind',
    command({ createIndexes: 'items', indexes: [{ key: { a: 1 }, name: 'a', shiny: 1 }] }),
    197,
    /'shiny' is not valid/,
  ],
  [
    'a TTL over two fields',
    (db) => db.collection('items').createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 }),
    67,
    /TTL indexes are single-field/,
  ],
  [
    'the same index by another name',
    (db) => db.collection('items').createIndex({ n: 1 }, { name: 'other' }),
    85,
    /already exists with a different name/,
  ],
  [
    'the same index, unique this time',
    (db) => db.collection('items').createIndex({ n: 1 }, { unique: true }),
    86,
    /An existing index has the same name/,
  ],
  [
    'a TTL index set otherwise',
    (db) => db.collection('items').createIndex({ n: 1 }, { expireAfterSeconds: 5 }),
    85,
    /same name but different options/,
  ],
  ...[{ a: { $ne: 1 } }, { a: /x/ }, { a: { $exists: false } }, { $nor: [{ a: 1 }] }].map(
    (partialFilterExpression): Refusal => [
      `a partial index by ${Object.keys(partialFilterExpression).join()} ${String(Object.values(partialFilterExpression)[0])}`,
      (db) => db.collection('items').createIndex({ q: 1 }, { partialFilterExpression }),
      67,
      /unsupported expression in partial index/,
    ],
  ),
  [
    'making an index unique afterwards',
    command({ collMod: 'items', index: { name: 'n_1', unique: true } }),
    115,
    /'index.unique' is not supported/,
  ],
  [
    'an index setting of no kind',
    command({ collMod: 'items', index: { name: 'n_1', shiny: 1 } }),
    40415,
    /'collMod.index.shiny' is an unknown field/,
  ],
  ['a size without a cap', command({ create: 'sized', size: 4096 }), 72, /'size' field requires/],
  [
    'a cap on what is not capped',
    command({ collMod: 'items', cappedMax: 5 }),
    72,
    /can only be set on capped collections/,
  ],
  [
    'a bulk write elsewhere than in admin',
    command({ bulkWrite: 1, ops: [], nsInfo: [] }),
    13,
    /admin/,
  ],
  [
    'an unknown option of a change stream',
    (db) => db.aggregate([{ $changeStream: { colour: 1 } }]).toArray(),
    40415,
    /unknown field/,
  ],
  [
    'documents of a change stream as they never were',
    (db) => db.aggregate([{ $changeStream: { fullDocument: 'best' } }]).toArray(),
    2,
    /fullDocument' is not a valid value/,
  ],
  [
    'a stage that may not follow changes',
    (db) => db.aggregate([{ $changeStream: {} }, { $group: { _id: 1 } }]).toArray(),
    20,
    /\$group is not permitted in a \$changeStream pipeline/,
  ],
  [
    'two beginnings of a change stream',
    (db) => db.aggregate([{ $changeStream: { resumeAfter: {}, startAfter: {} } }]).toArray(),
    50674,
    /Only one type of resume option/,
  ],
  [
    'changes of all databases from one of them',
    (db) => db.aggregate([{ $changeStream: { allChangesForCluster: true } }]).toArray(),
    72,
    /may only be opened on the 'admin' database/,
  ],
  [
    'what goes on, asked of a collection',
    (db) =>
      db
        .collection('items')
        .aggregate([{ $currentOp: {} }])
        .toArray(),
    73,
    /must be run against the 'admin' database/,
  ],
  [
    'another index by the same name',
    (db) => db.collection('items').createIndex({ m: 1 }, { name: 'n_1' }),
    86,
    /same name/,
  ],
  [
    'dropping the _id index',
    (db) => db.collection('items').dropIndex('_id_'),
    72,
    /cannot drop _id index/,
  ],
  [
    'dropping an index that is not there',
    (db) => db.collection('items').dropIndex('none'),
    27,
    /index not found with name \[none\]/,
  ],
  ['indexes of nothing', command({ listIndexes: 'nothing' }), 26, /ns does not exist/],
  [
    'a collection twice',
    (db) => db.createCollection('items', { capped: true, size: 100 }),
    48,
    /already exists/,
  ],
  [
    'a time series',
    command({ create: 'series', timeseries: { timeField: 't' } }),
    115,
    /'timeseries' is not supported/,
  ],
  ['a bad collection name', command({ create: 'a$b' }), 73, /Invalid namespace/],
  ['renaming nothing', command({ collMod: 'nothing' }), 26, /ns does not exist/],
  [
    'geo queries',
    (db) =>
      db
        .collection('items')
        .find({ place: { $near: [1, 1] } })
        .toArray(),
    291,
    /\$near|geo/i,
  ],
  [
    'text search',
    (db) =>
      db
        .collection('items')
        .find({ $text: { $search: 'x' } })
        .toArray(),
    27,
    /text index required/,
  ],
  [
    'writing to a view',
    (db) => db.collection('view').insertOne({ a: 1 }),
    166,
    /is a view, not a collection/,
  ],
];

describe('what is not supported or wrong is refused with MongoDB’s number and words', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
    await bench.db.collection('items').createIndex({ n: 1 });
    await bench.db.collection('items').insertOne({ _id: new ObjectId(), n: 1 });
    await bench.db.createCollection('view', { viewOn: 'items', pipeline: [] });
  });
  afterAll(() => bench.stop());

  for (const [what, work, code, words] of REFUSALS)
    it(what, async () => {
      const error = await work(bench.db).then(
        () => ({ code: 'none', message: 'nothing was refused' }),
        (e: { code: number; message: string }) => e,
      );
      expect(`${error.code}: ${error.message}`).toMatch(words);
      expect(error.code).toBe(code);
    });
});

describe('maxTimeMS', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
    await bench.db.collection('many').insertMany(Array.from({ length: 40_000 }, (_, n) => ({ n })));
  });
  afterAll(() => bench.stop());

  it('ends a scan, a count, an aggregation, an update and an index build', async () => {
    const many = bench.db.collection('many');
    const short = { maxTimeMS: 1 };
    const late = { code: 50, message: 'operation exceeded time limit' };
    await expect(many.find({ x: 1 }, short).toArray()).rejects.toMatchObject(late);
    await expect(many.countDocuments({ x: 1 }, short)).rejects.toMatchObject(late);
    await expect(
      many.aggregate([{ $group: { _id: '$n' } }], short).toArray(),
    ).rejects.toMatchObject(late);
    await expect(
      bench.db.command({
        update: 'many',
        updates: [{ q: {}, u: { $set: { y: 1 } }, multi: true }],
        ...short,
      }),
    ).rejects.toMatchObject(late);
    await expect(many.createIndex({ n: 1 }, short)).rejects.toMatchObject(late);
    expect((await many.indexes()).length).toBe(1);
  });

  it('ends waiting for a transaction', async () => {
    const many = bench.db.collection('many');
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await many.updateOne({ n: 5 }, { $set: { held: true } }, { session });
      await expect(
        bench.db.command({
          update: 'many',
          updates: [{ q: { n: 5 }, u: { $set: { y: 1 } } }],
          maxTimeMS: 2000,
        }),
      ).rejects.toMatchObject({ code: 50 });
      await session.abortTransaction();
    });
  });
});

describe('killOp', () => {
  let bench: Bench;
  const many = () => bench.db.collection('many');
  beforeAll(async () => {
    bench = await startBench();
    await many().insertMany(Array.from({ length: 5000 }, (_, n) => ({ n })));
  });
  afterAll(() => bench.stop());

  /** Kills what carries a comment, as soon as it is under way. */
  async function kill(comment: string): Promise<void> {
    const admin = bench.client.db('admin');
    for (;;) {
      const running = await admin
        .aggregate([{ $currentOp: {} }, { $match: { 'command.comment': comment } }])
        .toArray();
      for (const { opid } of running) {
        expect(await admin.command({ killOp: 1, op: opid })).toMatchObject({ ok: 1 });
        return;
      }
    }
  }
  const interrupted = { code: 11601, codeName: 'Interrupted' };

  it('ends work that would take very long', async () => {
    const each = { from: 'many', let: { n: '$n' }, pipeline: [{ $match: { x: 1 } }], as: 'none' };
    const endless = many().aggregate([{ $lookup: each }, { $match: { x: 1 } }], {
      comment: 'endless',
    });
    const ended = expect(endless.toArray()).rejects.toMatchObject(interrupted);
    await kill('endless');
    await ended;
  });

  it('ends waiting for a transaction, and the change does not happen later', async () => {
    await bench.client.withSession(async (session) => {
      session.startTransaction();
      await many().updateOne({ n: 5 }, { $set: { held: true } }, { session });
      const waiting = many().updateOne({ n: 5 }, { $set: { y: 1 } }, { comment: 'waiting' });
      const ended = expect(waiting).rejects.toMatchObject(interrupted);
      await kill('waiting');
      await ended;
      await session.abortTransaction();
    });
    expect(await many().countDocuments({ y: 1 })).toBe(0);
  });

  it('says nothing of what is over, and asks for a number', async () => {
    const admin = bench.client.db('admin');
    expect(await admin.command({ killOp: 1, op: 123_456_789 })).toMatchObject({ ok: 1 });
    await expect(admin.command({ killOp: 1 })).rejects.toMatchObject({ code: 4 });
  });
});
