import { Binary, Decimal128, type Document, Double, EJSON, Long, MinKey, ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, Chance, startBench } from './harness.ts';

const PATHS = ['a', 'b', 'c', 'o.p', 'o.q', '_id'];
const DOCUMENTS = 120;
const COLLATIONS = [{ locale: 'en', strength: 2 }, { locale: 'en', strength: 1 }, { locale: 'fr' }];
const IDS = [0, 1, 2, 3].map((n) => new ObjectId(n.toString(16).padStart(24, '0')));

/** Makes documents, filters and indexes out of chance; small values, so that they often meet. */
class Maker {
  readonly chance: Chance;

  constructor(seed: number) {
    this.chance = new Chance(seed);
  }

  scalar(): unknown {
    const { chance } = this;
    return chance.pick([
      () => chance.below(5),
      () => chance.below(5) - 2.5,
      () => Long.fromNumber(chance.below(5)),
      () => Long.fromString(`90071992547409${90 + chance.below(10)}`),
      () => chance.pick(['', 'a', 'ab', 'b', 'B', 'é', 'z\u0000q', '\u{1F600}', '\uFFFD']),
      () => null,
      () => chance.next() < 0.5,
      () => new Date(chance.below(4) * 1000 - 2000),
      () => chance.pick(IDS),
      () => new Double(chance.below(4)),
      () => Decimal128.fromString(chance.pick(['1', '1.5', '2', '-3'])),
      () => new Binary(Buffer.from([chance.below(3)])),
      () => ({ x: chance.below(3) }),
      () => ({ x: chance.below(3), y: 'q' }),
      () => Number.NaN,
      () => Number.POSITIVE_INFINITY,
      () => -0,
      // Longer than an ordered key may be.
      () => 'long'.repeat(500 + chance.below(2)),
    ])();
  }

  value(): unknown {
    const { chance } = this;
    const r = chance.next();
    if (r < 0.7) return this.scalar();
    if (r > 0.9) return undefined;
    return Array.from({ length: chance.below(4) }, () =>
      chance.next() < 0.85 ? this.scalar() : [this.scalar()],
    );
  }

  document(_id: number): Document {
    const { chance } = this;
    const doc: Document = { _id };
    for (const name of ['a', 'b', 'c']) {
      const value = this.value();
      if (value !== undefined) doc[name] = value;
    }
    if (chance.next() < 0.7)
      doc['o'] =
        chance.next() < 0.5
          ? { p: this.value() ?? 1, q: chance.below(3) }
          : Array.from({ length: chance.below(3) }, () =>
              chance.next() < 0.8 ? { p: this.scalar(), q: chance.below(3) } : this.scalar(),
            );
    return doc;
  }

  condition(): unknown {
    const { chance } = this;
    const v = (): unknown => this.scalar();
    return chance.pick([
      () => v(),
      () => ({ $eq: v() }),
      () => ({ $gt: v() }),
      () => ({ $gte: v() }),
      () => ({ $lt: v() }),
      () => ({ $lte: v() }),
      () => ({ $gt: v(), $lt: v() }),
      () => ({ $gte: v(), $lte: v() }),
      () => ({ $in: [v(), v(), v()] }),
      () => ({ $ne: v() }),
      () => ({ $exists: chance.next() < 0.5 }),
      () => /^a/,
      () => ({ $nin: [v()] }),
      () => ({ $elemMatch: { $gt: v() } }),
      () => ({ $gte: new MinKey() }),
      () => [v(), v()],
      () => ({ $type: chance.pick(['string', 'number', 'array', 'object', 'null']) }),
      () => ({ $in: [null, v()] }),
      () => ({ $all: [v()] }),
      () => ({ $not: { $gt: v() } }),
      () => ({ $eq: v(), $gt: v() }),
    ])();
  }

  filter(): Document {
    const { chance } = this;
    const filter: Document = {};
    for (let i = 1 + chance.below(3); i > 0; i--) filter[chance.pick(PATHS)] = this.condition();
    const r = chance.next();
    if (r < 0.15) return { $or: [filter, { [chance.pick(PATHS)]: this.condition() }] };
    if (r < 0.25) return { $and: [filter, { [chance.pick(PATHS)]: this.condition() }] };
    if (r < 0.35) filter['o'] = { $elemMatch: { p: this.condition(), q: chance.below(3) } };
    return filter;
  }

  order(): Record<string, 1 | -1> {
    const sort: Record<string, 1 | -1> = {};
    for (let i = 1 + this.chance.below(2); i > 0; i--)
      sort[this.chance.pick(PATHS)] = this.chance.pick([1, -1]);
    return sort;
  }
}

async function makeIndexes(collection: Collection, maker: Maker): Promise<void> {
  const { chance } = maker;
  for (let i = 0; i < 6; i++) {
    const key: Record<string, 1 | -1> = {};
    for (let j = 1 + chance.below(3); j > 0; j--) key[chance.pick(PATHS)] = chance.pick([1, -1]);
    if (Object.keys(key).join() === '_id') continue;
    const r = chance.next();
    const partial = chance.pick([
      { a: { $exists: true } },
      { 'o.q': { $gt: 0 } },
      { b: 'a' },
      { c: { $lte: 2 } },
    ]);
    const options =
      r < 0.2
        ? { sparse: true }
        : r < 0.4
          ? { partialFilterExpression: partial }
          : r < 0.6
            ? { collation: chance.pick(COLLATIONS), name: `folded${i}` }
            : {};
    await collection.createIndex(key, options).catch((error: { code?: number }) => {
      // Two arrays in one key, or the same index twice.
      if (![171, 85, 86].includes(error.code ?? 0)) throw error;
    });
  }
}

async function compareRound(bench: Bench, seed: number, queries: number): Promise<number> {
  const maker = new Maker(seed);
  const { chance } = maker;
  const collection = bench.db.collection<Document>(`fuzz${seed}`);
  await collection.insertMany(
    Array.from({ length: DOCUMENTS }, (_, i) => maker.document(i)),
    { ignoreUndefined: true },
  );
  await makeIndexes(collection, maker);
  for (let i = 0; i < 40; i++) {
    const change = chance.pick<Document>([
      { $set: { a: maker.scalar() } },
      { $unset: { b: 1 } },
      { $push: { d: 1 } },
      { $set: { 'o.p': maker.scalar() } },
    ]);
    await collection.updateOne({ _id: chance.below(DOCUMENTS) as never }, change).catch(() => {
      // `o` may be an array or no document at all.
    });
  }
  await collection.deleteMany({ _id: { $in: [1, 2, 3] as never[] } });
  const validated = await bench.db.command({ validate: collection.collectionName });
  expect(validated['errors']).toEqual([]);
  let indexed = 0;
  for (let i = 0; i < queries; i++) indexed += await compareQuery(collection, maker, seed);
  return indexed;
}

/**
 * Which documents a sort leaves equal. A group that lies at the places s to e has its member at
 * s + k when ties are broken upward and at e - k when downward: the sum names the group.
 */
function ties(upward: Document[], downward: Document[]): Map<string, number> {
  const places = new Map(upward.map((d, i) => [String(d['_id']), i]));
  for (const [i, d] of downward.entries()) {
    const id = String(d['_id']);
    places.set(id, (places.get(id) ?? 0) + i);
  }
  return places;
}

async function compareQuery(collection: Collection, maker: Maker, seed: number): Promise<number> {
  const { chance } = maker;
  const filter = maker.filter();
  const sort = chance.next() < 0.5 ? maker.order() : {};
  const limit = chance.next() < 0.3 ? 1 + chance.below(6) : 0;
  const folds = chance.next() < 0.3 ? { collation: chance.pick(COLLATIONS) } : {};
  const what = `seed ${seed}: ${EJSON.stringify({ filter, sort, limit, folds })}`;
  const natural = { ...folds, hint: { $natural: 1 } } as const;
  const scanned = await collection.find(filter, { ...natural, sort }).toArray();
  const planned = await collection.find(filter, { ...folds, sort, limit }).toArray();
  const ids = (documents: Document[]): string[] => documents.map((d) => String(d['_id'])).sort();
  const expected = limit ? Math.min(limit, scanned.length) : scanned.length;
  expect(planned.length, what).toBe(expected);
  if (!limit) expect(ids(planned), what).toEqual(ids(scanned));
  const known = new Set(ids(scanned));
  expect(
    ids(planned).filter((id) => !known.has(id)),
    what,
  ).toEqual([]);
  if (Object.keys(sort).length) {
    const upward = await collection.find(filter, { ...natural, sort: { ...sort, _id: 1 } });
    const downward = await collection.find(filter, { ...natural, sort: { ...sort, _id: -1 } });
    const groupOf = ties(await upward.toArray(), await downward.toArray());
    const groups = (documents: Document[]): (number | undefined)[] =>
      documents.slice(0, expected).map((d) => groupOf.get(String(d['_id'])));
    expect(groups(planned), what).toEqual(groups(scanned));
  }
  expect(await collection.countDocuments(filter, folds), what).toBe(scanned.length);
  const explained = await collection
    .find(filter, { ...folds, sort, limit })
    .explain('queryPlanner');
  return JSON.stringify(explained).includes('IXSCAN') ? 1 : 0;
}

describe('a query answered from an index', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const fresh = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  for (const seed of [1, 2, 3, fresh]) {
    it(`finds what a scan of the whole collection finds (seed ${seed})`, async () => {
      const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 2);
      let indexed = 0;
      for (let round = 0; round < rounds; round++)
        indexed += await compareRound(bench, seed * 1000 + round, 250);
      // A fuzz that never uses an index proves nothing.
      expect(indexed).toBeGreaterThan(rounds * 40);
    });
  }
});
