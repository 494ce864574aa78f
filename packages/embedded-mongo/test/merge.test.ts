import type { Document } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

let bench: Bench;
let from: Collection<Document>;
let into: Collection<Document>;

const merge = (stage: Document | string, source: Document[] = [], options = {}) =>
  bench.db.aggregate([{ $documents: source }, { $merge: stage }], options).toArray();

beforeAll(async () => {
  bench = await startBench();
  from = bench.db.collection('from');
  into = bench.db.collection('into');
});
beforeEach(async () => {
  await from.drop();
  await into.drop();
  await into.insertMany([
    { _id: 1 as never, k: 'a', n: 1 },
    { _id: 2 as never, k: 'b', n: 2 },
  ]);
  await into.createIndex({ k: 1 }, { unique: true });
});
afterAll(() => bench.stop());

describe('$merge refuses', () => {
  it.each<[stage: unknown, code: number]>([
    [7, 51182],
    [{}, 40414],
    [{ into: 5 }, 51178],
    [{ into: { db: 'test' } }, 73],
    [{ into: '' }, 73],
    [{ into: { db: 'admin', coll: 'x' } }, 31320],
    [{ into: 'into', colour: 1 }, 40415],
    [{ into: 'into', on: 5 }, 51186],
    [{ into: 'into', on: [] }, 51187],
    [{ into: 'into', on: [1] }, 51134],
    [{ into: 'into', on: 'n' }, 51183],
    [{ into: 'into', whenMatched: 'best' }, 2],
    [{ into: 'into', whenMatched: 5 }, 51191],
    [{ into: 'into', whenNotMatched: 'best' }, 2],
    [{ into: 'into', whenMatched: 'fail', whenNotMatched: 'discard' }, 51189],
    [{ into: 'into', whenMatched: 'keepExisting', whenNotMatched: 'fail' }, 51189],
    [{ into: 'into', let: { a: 1 } }, 51199],
  ])('%j with %i', async (stage, code) => {
    await expect(merge(stage as Document, [{ _id: 1 }])).rejects.toMatchObject({ code });
  });

  it.each<[what: string, document: Document, code: number]>([
    ['without', { n: 1 }, 51132],
    ['with nothing in', { k: null }, 51132],
    ['with a list in', { k: ['a'] }, 51185],
  ])('a document %s the field it is joined by', async (_what, document, code) => {
    await expect(merge({ into: 'into', on: 'k' }, [document])).rejects.toMatchObject({ code });
  });

  it('to change an _id', async () => {
    await expect(
      merge({ into: 'into', on: 'k', whenMatched: 'replace' }, [{ _id: 9, k: 'a' }]),
    ).rejects.toMatchObject({ code: 66 });
  });

  it('to go on at the first match when told so, and names the key', async () => {
    await expect(
      merge({ into: 'into', on: 'k', whenMatched: 'fail' }, [{ k: 'b' }]),
    ).rejects.toMatchObject({ code: 11000, keyPattern: { k: 1 }, keyValue: { k: 'b' } });
  });

  it('a linearizable read, as does $out', async () => {
    const readConcern = { level: 'linearizable' as const };
    for (const stage of [{ $merge: 'into' }, { $out: 'into' }])
      await expect(from.aggregate([stage], { readConcern }).toArray()).rejects.toMatchObject({
        code: 72,
      });
  });
});

describe('$merge', () => {
  it('joins by another unique key and keeps the _id', async () => {
    await merge({ into: 'into', on: 'k' }, [{ k: 'a', n: 5 }]);
    expect(await into.findOne({ k: 'a' })).toEqual({ _id: 1, k: 'a', n: 5 });
  });

  it('holds documents against the validator unless told not to', async () => {
    await bench.db.command({ collMod: 'into', validator: { n: { $type: 'number' } } });
    for (const document of [
      { _id: 1, n: 'x' },
      { _id: 3, k: 'c' },
    ]) {
      await expect(merge('into', [document])).rejects.toMatchObject({ code: 121 });
      await merge('into', [document], { bypassDocumentValidation: true });
    }
    expect(await into.countDocuments({})).toBe(3);
  });
});

describe('$out', () => {
  it('holds documents against the validator unless told not to', async () => {
    await bench.db.command({ collMod: 'into', validator: { n: { $type: 'number' } } });
    const out = [{ $documents: [{ _id: 1 }] }, { $out: 'into' }];
    await expect(bench.db.aggregate(out).toArray()).rejects.toMatchObject({ code: 121 });
    await bench.db.aggregate(out, { bypassDocumentValidation: true }).toArray();
    expect(await into.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it('writes into no database of the server’s own', async () => {
    await expect(
      from.aggregate([{ $out: { db: 'local', coll: 'x' } }]).toArray(),
    ).rejects.toMatchObject({ code: 31321 });
  });
});
