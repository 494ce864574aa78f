import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SortedRuns } from '../src/catalog/sorted-runs.ts';
import { Spills } from '../src/spill/spills.ts';
import { Database } from '../src/database.ts';
import { LocalClient } from './local-client.ts';
import { freshFolder, workedMs } from './harness.ts';

const DOCUMENTS = Number(process.env['DOCUMENTS'] ?? 40_000);
/** What no client may have to wait for another's work. */
const LIMIT_MS = 50;

/** Looks how long the thread works without a pause, in its own time: other programs do not count. */
class Watch {
  private readonly gaps: number[] = [];
  private running = true;
  private last = workedMs();
  private readonly over: Promise<void>;

  /** @param others how many milliseconds others than the watched have worked so far */
  constructor(others: () => number) {
    let aside = others();
    this.over = new Promise((resolve) => {
      const look = (): void => {
        const now = workedMs();
        this.gaps.push(now - this.last - (others() - aside));
        this.last = now;
        aside = others();
        if (this.running) setTimeout(look, 0);
        else resolve();
      };
      setTimeout(look, 0);
    });
  }

  async stop(): Promise<{ p99: number; max: number }> {
    this.running = false;
    await this.over;
    this.gaps.sort((a, b) => a - b);
    // Of few gaps the two longest are left to the collecting of garbage, which is not the work's fault.
    const usual = Math.min(Math.floor(this.gaps.length * 0.99), Math.max(0, this.gaps.length - 3));
    return { p99: this.gaps[usual] ?? 0, max: this.gaps.at(-1) ?? 0 };
  }
}

const item = (n: number) => ({
  _id: n,
  n,
  user: `u${n % 1000}`,
  amount: (n * 7919) % 10_007,
  tags: [n % 10, 'b'],
  text: 'x'.repeat(150),
});

describe(`work on ${DOCUMENTS} documents`, () => {
  const dir = freshFolder();
  let database: Database;
  let client: LocalClient;

  beforeAll(async () => {
    database = new Database({
      dir,
      // Little, so that sorts let go of documents and index builds spill.
      memoryMb: Math.max(48, DOCUMENTS / 1000),
      onFatal: (error) => {
        throw error;
      },
    });
    client = new LocalClient(database);
    const users = Array.from({ length: 1000 }, (_, i) => ({ _id: `u${i}`, user: `u${i}` }));
    await client.insert('users', users);
    await client.insert(
      'few',
      users.slice(0, 20).map(({ user }) => ({ user })),
    );
  });
  afterAll(async () => {
    await database.close();
    rmSync(dir, { recursive: true });
  });

  const counted = (pipeline: object[]) => client.count({ aggregate: 'items', pipeline });
  const createIndex = (name: string, key: object, more = {}) =>
    client.run({ createIndexes: 'items', indexes: [{ key, name, ...more }] });
  const half = DOCUMENTS / 2;

  const WORK: Record<string, () => Promise<unknown>> = {
    'inserting them': async () => {
      for (let n = 0; n < DOCUMENTS; n += 10_000)
        await client.insert(
          'items',
          Array.from({ length: Math.min(10_000, DOCUMENTS - n) }, (_, i) => item(n + i)),
        );
    },
    'refusing many, one by one': async () => {
      const documents = Array.from({ length: 5000 }, (_, n) => ({ _id: n }));
      const answer = await client.ask({ insert: 'items', ordered: false }, { documents });
      expect(answer['writeErrors']).toHaveLength(documents.length);
    },
    'building an index over two fields': () => createIndex('pair', { user: 1, n: -1 }),
    'building a unique index': () => createIndex('unique', { n: 1 }, { unique: true }),
    'building an index over long texts and arrays': () =>
      createIndex('long', { tags: 1, text: 1, n: 1 }),
    'dropping an index': async () => {
      await client.run({ dropIndexes: 'items', index: 'long' });
      await database.garbage.finish();
    },
    'updating all of them': async () => {
      const updates = [{ q: {}, u: { $set: { seen: true } }, multi: true }];
      const answer = await client.run({ update: 'items' }, { updates });
      expect(answer['nModified']).toBe(DOCUMENTS);
    },
    'updating half of them by a moving index': async () => {
      const updates = [{ q: { n: { $gte: half } }, u: { $inc: { n: DOCUMENTS } }, multi: true }];
      const answer = await client.run({ update: 'items' }, { updates });
      expect(answer['nModified']).toBe(half);
    },
    'updating them one by one in one command': async () => {
      const updates = Array.from({ length: Math.min(half, 50_000) }, (_, n) => ({
        q: { _id: n },
        u: { $inc: { amount: 1 } },
      }));
      const answer = await client.run({ update: 'items' }, { updates });
      expect(answer['nModified']).toBe(updates.length);
    },
    'scanning them for one': async () =>
      expect(await client.count({ find: 'items', filter: { amount: -1 } })).toBe(0),
    'counting them by a filter': async () =>
      expect((await client.run({ count: 'items', query: { amount: { $gte: 0 } } }))['n']).toBe(
        DOCUMENTS,
      ),
    'counting them by an index': async () =>
      expect((await client.run({ count: 'items', query: { user: { $gte: '' } } }))['n']).toBe(
        DOCUMENTS,
      ),
    'finding their distinct values': async () =>
      expect((await client.run({ distinct: 'items', key: 'n' }))['values']).toHaveLength(DOCUMENTS),
    'sorting them without an index': async () =>
      expect(await client.count({ find: 'items', sort: { amount: 1 } })).toBe(DOCUMENTS),
    'sorting them for the first ten': async () =>
      expect(await client.count({ find: 'items', sort: { amount: -1 }, limit: 10 })).toBe(10),
    'reading them in large batches': async () =>
      expect(await client.count({ find: 'items', batchSize: 1_000_000 })).toBe(DOCUMENTS),
    'grouping them': async () =>
      expect(
        await counted([{ $group: { _id: '$user', sum: { $sum: '$amount' }, n: { $push: '$n' } } }]),
      ).toBe(1000),
    'grouping them each by itself': async () =>
      expect(await counted([{ $group: { _id: '$n', sum: { $sum: '$amount' } } }])).toBe(DOCUMENTS),
    'sorting groups by their size': async () =>
      expect(await counted([{ $sortByCount: '$n' }])).toBe(DOCUMENTS),
    'sorting them in a pipeline': async () =>
      expect(
        await counted([{ $project: { amount: 1 } }, { $set: { x: 1 } }, { $sort: { amount: 1 } }]),
      ).toBe(DOCUMENTS),
    'putting them into buckets': async () =>
      expect(
        await counted([
          { $project: { amount: 1 } },
          { $bucketAuto: { groupBy: '$amount', buckets: 20 } },
        ]),
      ).toBe(20),
    'unwinding them': async () =>
      expect(await counted([{ $unwind: '$tags' }, { $match: { tags: 'nothing' } }])).toBe(0),
    'facets of them': async () =>
      expect(
        await counted([
          { $project: { n: 1, user: 1, amount: 1 } },
          {
            $facet: {
              byUser: [{ $sortByCount: '$user' }],
              greatest: [{ $sort: { amount: -1, n: 1 } }, { $limit: 10 }],
              all: [{ $group: { _id: null, sum: { $sum: '$amount' } } }],
            },
          },
        ]),
      ).toBe(1),
    'looking up by an index': async () =>
      expect(
        await counted([
          { $lookup: { from: 'users', localField: 'user', foreignField: '_id', as: 'owner' } },
          { $match: { owner: { $size: 1 } } },
          { $group: { _id: null, n: { $sum: 1 } } },
        ]),
      ).toBe(1),
    'looking up many by an index': async () =>
      expect(
        await client.count({
          aggregate: 'users',
          pipeline: [
            { $lookup: { from: 'items', localField: 'user', foreignField: 'user', as: 'items' } },
            { $group: { _id: null, n: { $sum: { $size: '$items' } } } },
          ],
        }),
      ).toBe(1),
    'looking up without an index': async () =>
      expect(
        await client.count({
          aggregate: 'few',
          pipeline: [
            { $lookup: { from: 'items', localField: 'user', foreignField: 'nothing', as: 'i' } },
          ],
        }),
      ).toBe(20),
    'windows over all that went before': async () =>
      expect(
        await counted([
          { $project: { amount: 1, user: 1 } },
          {
            $setWindowFields: {
              sortBy: { amount: 1 },
              output: {
                rank: { $rank: {} },
                sum: { $sum: '$amount', window: { documents: ['unbounded', 'current'] } },
              },
            },
          },
        ]),
      ).toBe(DOCUMENTS),
    'windows of a range': async () =>
      expect(
        await counted([
          { $project: { n: 1, amount: 1 } },
          {
            $setWindowFields: {
              sortBy: { n: 1 },
              output: { near: { $avg: '$amount', window: { range: [-5, 5] } } },
            },
          },
        ]),
      ).toBe(DOCUMENTS),
    'writing them into another collection': async () => {
      await counted([{ $project: { n: 1, user: 1 } }, { $out: 'copies' }]);
      expect((await client.run({ count: 'copies' }))['n']).toBe(DOCUMENTS);
    },
    'merging them into another collection': () =>
      counted([{ $project: { amount: 1 } }, { $merge: { into: 'copies' } }]),
    'a transaction with a thousand writes': () =>
      client.transaction(async (more) => {
        for (let n = 0; n < 1000; n += 100) {
          const documents = Array.from({ length: 50 }, (_, i) => item(-1 - n - i));
          await client.run({ insert: 'items', ...more() }, { documents });
          const q = { _id: { $gte: n, $lt: n + 50 } };
          const updates = [{ q, u: { $set: { moved: n } }, multi: true }];
          await client.run({ update: 'items', ...more() }, { updates });
        }
      }),
    'deleting half of them': async () => {
      const deletes = [{ q: { amount: { $lt: 5000 } }, limit: 0 }];
      const answer = await client.run({ delete: 'items' }, { deletes });
      expect(answer['n']).toBeGreaterThan(DOCUMENTS / 3);
    },
    'dropping the collection': async () => {
      await client.run({ drop: 'items' });
      await database.garbage.finish();
    },
  };

  // What is cut badly is always long; what collecting the test's own garbage fell into is not, and is looked at again.
  for (const [what, work] of Object.entries(WORK))
    it(`lets others through: ${what}`, { retry: 2 }, async () => {
      const watch = new Watch(() => client.ownMs);
      await work();
      const { p99, max } = await watch.stop();
      console.log(
        `${what}: p99 ${p99.toFixed(1)} ms, longest ${max.toFixed(1)} ms of work without a pause`,
      );
      expect(p99).toBeLessThan(LIMIT_MS);
      expect(max).toBeLessThan(3 * LIMIT_MS);
    });
});

describe('the keys of an index that is built', () => {
  it('are sorted on disk where memory does not suffice', () => {
    const dir = freshFolder();
    const runs = new SortedRuns(new Spills(dir, () => undefined), 200_000);
    const keys: Buffer[] = [];
    for (let i = 0; i < 30_000; i++) {
      const key = Buffer.from(`key ${(i * 7919) % 30_011} ${'x'.repeat(i % 50)}`);
      keys.push(key);
      runs.add(key);
      if (runs.full) for (const _ of runs.spill());
    }
    expect(runs.spilled).toBeGreaterThan(5);
    const read = [...runs.read()].map(String);
    runs.close();
    expect(read).toEqual(keys.sort(Buffer.compare).map(String));
    rmSync(dir, { recursive: true });
  });
});
