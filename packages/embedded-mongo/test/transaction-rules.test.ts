import { randomBytes } from 'node:crypto';
import { Binary, type Document, Long } from 'bson';
import type { ClientSession, Collection } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, RawClient, sleep, startBench } from './harness.ts';

interface Item {
  _id: number;
  x?: number;
}

const TRANSIENT = 'TransientTransactionError';
const RETRYABLE = 'RetryableWriteError';
const UNKNOWN = 'UnknownTransactionCommitResult';

let bench: Bench;
let items: Collection<Item>;
let session: ClientSession;

const failing = (data: Document, mode: Document | string = { times: 1 }) =>
  bench.client.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
const there = async (name = 'items'): Promise<boolean> =>
  (await bench.db.listCollections({ name }).toArray()).length > 0;

beforeAll(async () => {
  bench = await startBench();
  items = bench.db.collection<Item>('items');
});
beforeEach(async () => {
  await items.drop();
  session = bench.client.startSession();
});
afterEach(async () => {
  await session.endSession();
  await bench.client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
});
afterAll(() => bench.stop());

describe('a collection made in a transaction', () => {
  it.each<[how: string, make: () => Promise<unknown>]>([
    ['create', () => bench.db.createCollection('items', { session })],
    ['an insert', () => items.insertOne({ _id: 1 }, { session })],
    ['an upsert', () => items.updateOne({ _id: 1 }, { $set: { x: 1 } }, { session, upsert: true })],
    ['an index', () => items.createIndex({ x: 1 }, { session })],
  ])('by %s is seen by others when it commits', async (_how, make) => {
    session.startTransaction();
    await make();
    expect(await there()).toBe(false);
    await expect(items.indexes()).rejects.toMatchObject({ code: 26 });
    await session.commitTransaction();
    expect(await there()).toBe(true);
  });

  it('may be given indexes while it is empty', async () => {
    session.startTransaction();
    await bench.db.createCollection('items', { session });
    await items.createIndex({ x: 1 }, { session, unique: true });
    await items.insertOne({ _id: 1, x: 1 }, { session });
    await session.commitTransaction();
    expect((await items.indexes()).map((index) => index.name)).toEqual(['_id_', 'x_1']);
    await expect(items.insertOne({ _id: 2, x: 1 })).rejects.toMatchObject({ code: 11000 });
  });

  it('is gone when it aborts, and its name is free', async () => {
    session.startTransaction();
    await items.insertOne({ _id: 1 }, { session });
    const rival = items.insertOne({ _id: 2 });
    await sleep(50);
    expect(await there()).toBe(false);
    await session.abortTransaction();
    await rival;
    expect(await items.find().toArray()).toEqual([{ _id: 2 }]);
  });

  it('is in the way of another transaction that makes the same', async () => {
    await bench.client.withSession(async (other) => {
      session.startTransaction();
      other.startTransaction();
      await items.insertOne({ _id: 1 }, { session });
      await expect(items.insertOne({ _id: 2 }, { session: other })).rejects.toMatchObject({
        code: 112,
        errorLabels: [TRANSIENT],
      });
      await other.abortTransaction();
      await session.commitTransaction();
    });
  });

  it('takes no index when others see it or it holds documents', async () => {
    await items.insertOne({ _id: 1 });
    session.startTransaction();
    await expect(items.createIndex({ x: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
    await items.drop();
    session.startTransaction();
    await items.insertOne({ _id: 1 }, { session });
    await expect(items.createIndex({ x: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
  });
});

describe('an index built while a transaction is open', () => {
  it('is not read by it, and a unique one makes it start again', async () => {
    await items.insertMany([
      { _id: 1, x: 1 },
      { _id: 2, x: 2 },
    ]);
    session.startTransaction();
    await items.findOne({}, { session });
    await items.createIndex({ x: 1 }, { unique: true });
    expect(await items.find({ x: 2 }, { session }).toArray()).toEqual([{ _id: 2, x: 2 }]);
    await expect(items.insertOne({ _id: 3, x: 2 }, { session })).rejects.toMatchObject({
      code: 246,
      errorLabels: [TRANSIENT],
    });
    await session.abortTransaction();
  });
});

describe('errors carry the labels that drivers go by', () => {
  const codes = [6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436];

  it.each([...codes, 24, 112, 246, 251])('%i inside a transaction', async (errorCode) => {
    session.startTransaction();
    await failing({ failCommands: ['insert'], errorCode });
    const failed = await items.insertOne({ _id: 1 }, { session }).catch((e) => e);
    expect(failed.hasErrorLabel(TRANSIENT)).toBe(true);
    expect(failed.hasErrorLabel(RETRYABLE)).toBe(false);
  });

  it.each(codes)('%i at its commit, which is then tried again', async (errorCode) => {
    session.startTransaction();
    await items.insertOne({ _id: 1 }, { session });
    await failing({ failCommands: ['commitTransaction'], errorCode });
    await session.commitTransaction();
    expect(await items.countDocuments()).toBe(1);
  });

  it.each<[code: number, labels: string[]]>([
    [50, [UNKNOWN]],
    [64, [UNKNOWN]],
    [79, []],
    [100, []],
  ])('write concern error %i at its commit', async (code, labels) => {
    session.startTransaction();
    await items.insertOne({ _id: 1 }, { session });
    const writeConcernError = { code, errmsg: 'on purpose' };
    await failing({ failCommands: ['commitTransaction'], writeConcernError });
    const failed = await session.commitTransaction().catch((e) => e);
    expect(failed.code).toBe(code);
    expect([...failed.errorLabelSet]).toEqual(labels);
    expect(await items.countDocuments()).toBe(1);
  });

  it('only those that a fail point names', async () => {
    await failing({ failCommands: ['insert'], errorCode: 91, errorLabels: [] });
    const failed = await items.insertOne({ _id: 1 }).catch((e) => e);
    expect(failed.hasErrorLabel(RETRYABLE)).toBe(false);
  });
});

describe('a fail point', () => {
  it('lets calls go by first, and says how often it was met', async () => {
    await failing({ failCommands: ['insert'], errorCode: 8 }, { skip: 1 });
    await items.insertOne({ _id: 1 });
    await expect(items.insertOne({ _id: 2 })).rejects.toMatchObject({ code: 8 });
    await expect(items.insertOne({ _id: 3 })).rejects.toMatchObject({ code: 8 });
    expect(await failing({}, 'off')).toMatchObject({ count: 2 });
  });

  it('may be for one collection', async () => {
    await failing({ failCommands: ['insert'], errorCode: 8, namespace: 'test.items' }, 'alwaysOn');
    await bench.db.collection('others').insertOne({});
    await expect(items.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 8 });
  });
});

describe('numbers, concerns and versions that do not fit are refused', () => {
  const lsid = { id: new Binary(randomBytes(16), 4) };
  const numbered = (n: number, more: Document = {}): Document => ({
    insert: 'items',
    documents: [{ _id: n }],
    lsid,
    txnNumber: Long.fromNumber(n),
    ...more,
  });
  const within = { autocommit: false };
  const begins = { autocommit: false, startTransaction: true };
  const ends = (name: string, n: number): Document => ({
    [name]: 1,
    lsid,
    txnNumber: Long.fromNumber(n),
    ...within,
    $db: 'admin',
  });

  let raw: RawClient;
  beforeAll(async () => {
    raw = await RawClient.open(bench.mongo.uri);
    // 20 was a retryable write, 30 a transaction that has been committed.
    await raw.command(numbered(20));
    await raw.command(numbered(30, begins));
    await raw.command(ends('commitTransaction', 30));
  });
  afterAll(() => raw.close());

  it.each<[what: string, command: Document, code: number]>([
    ['a number without a session', { insert: 'items', documents: [{}], txnNumber: Long.ONE }, 72],
    ['autocommit: true', numbered(40, { autocommit: true }), 72],
    ['startTransaction: false', numbered(40, { ...within, startTransaction: false }), 72],
    ['a start without autocommit', numbered(40, { startTransaction: true }), 72],
    ['an older retryable write', numbered(10), 225],
    ['an older transaction', numbered(10, begins), 225],
    ['a number used before', numbered(30, begins), 50911],
    ['a write with the number of a transaction', numbered(30), 256],
    ['going on after the commit', numbered(30, within), 256],
    ['an abort after the commit', ends('abortTransaction', 30), 256],
    ['going on with what never began', numbered(35, within), 251],
    ['a commit of what never began', ends('commitTransaction', 35), 251],
    ['a commit elsewhere than in admin', { ...ends('commitTransaction', 30), $db: 'test' }, 13],
    [
      'a read concern that no transaction has',
      numbered(40, { ...begins, readConcern: { level: 'linearizable' } }),
      72,
    ],
    ['a write concern inside', numbered(40, { ...begins, writeConcern: { w: 1 } }), 72],
    ['a write concern for a read', { find: 'items', writeConcern: { w: 1 } }, 72],
    [
      'a read concern for a write',
      { insert: 'items', documents: [{}], readConcern: { level: 'majority' } },
      72,
    ],
    ['another version of the API', { ping: 1, apiVersion: '2' }, 322],
    ['strictness without a version', { ping: 1, apiStrict: true }, 72],
    [
      'a command outside the version',
      { distinct: 'items', key: 'x', apiVersion: '1', apiStrict: true },
      323,
    ],
  ])('%s', async (_what, command, code) => {
    expect(await raw.command(command)).toMatchObject({ ok: 0, code });
  });

  it.each<[what: string, command: Document]>([
    ['update', { updates: [{ q: {}, u: { $set: { x: 1 } }, multi: true }] }],
    ['delete', { deletes: [{ q: {}, limit: 0 }] }],
  ])('a numbered %s of many', async (name, rest) => {
    const number = { lsid: { id: new Binary(randomBytes(16), 4) }, txnNumber: Long.ONE };
    const answer = await raw.command({ [name]: 'items', ...rest, ...number });
    expect(answer).toMatchObject({ n: 0, writeErrors: [{ code: 72 }] });
  });

  it('ending sessions takes any write concern, as drivers send it', async () => {
    const id = { id: new Binary(randomBytes(16), 4) };
    await raw.command({ find: 'items', lsid: id, txnNumber: Long.ONE, ...begins });
    const openNow = async (): Promise<number> => {
      const status = await raw.command({ serverStatus: 1, $db: 'admin' });
      return (status['transactions'] as Document)['currentOpen'];
    };
    const before = await openNow();
    await raw.command({ endSessions: [id], writeConcern: { w: 0 }, $db: 'admin' });
    expect(before - (await openNow())).toBe(1);
  });

  it('a commit asked for twice is no error', async () => {
    expect(await raw.command(ends('commitTransaction', 30))).toMatchObject({ ok: 1 });
  });

  it('a write concern that one server can not give is said, after the write', async () => {
    const more = (w: number | string): Document => ({
      insert: 'items',
      documents: [{}],
      writeConcern: { w },
    });
    for (const w of [1, 'majority'])
      expect(await raw.command(more(w))).not.toHaveProperty('writeConcernError');
    expect(await raw.command(more(3))).toMatchObject({
      ok: 1,
      n: 1,
      writeConcernError: { code: 100, codeName: 'UnsatisfiableWriteConcern' },
    });
    expect(await raw.command(more('far'))).toMatchObject({
      ok: 1,
      n: 1,
      writeConcernError: { code: 79, codeName: 'UnknownReplWriteConcern' },
    });
  });
});

describe('a collection whose transaction the process did not survive', () => {
  it('never was', async () => {
    session.startTransaction();
    await items.insertOne({ _id: 1 }, { session });
    await items.aggregate([{ $match: {} }], { session }).toArray();
    process.kill(bench.mongo.pid, 'SIGKILL');
    await session.abortTransaction();
    expect(await there()).toBe(false);
    await items.insertOne({ _id: 2 });
    expect(await items.find().toArray()).toEqual([{ _id: 2 }]);
    expect((await bench.db.command({ validate: 'items' }))['errors']).toEqual([]);
  });
});
