import type { Document } from 'bson';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, Chance, startBench } from './harness.ts';

interface Item {
  _id: number;
  a: number;
  b: number | null;
  l: number[];
  t: string;
}
type Rows = Record<string, unknown>[];

/** A stage and what it makes of rows, in plain JavaScript. */
interface Step {
  stage: Document;
  model(rows: Rows): Rows;
}

const number = (v: unknown): number => v as number;
/** Null and missing are below numbers. */
const order = (a: unknown, b: unknown): number => {
  const rank = (v: unknown): number => (typeof v === 'number' ? 1 : 0);
  return rank(a) - rank(b) || (rank(a) ? Math.sign(number(a) - number(b)) : 0);
};
const numbersOf = (rows: Rows, field: string): number[] =>
  rows.flatMap((row) => (typeof row[field] === 'number' ? [number(row[field])] : []));

function grouped(rows: Rows, key: (row: Record<string, unknown>) => unknown): Map<unknown, Rows> {
  const groups = new Map<unknown, Rows>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** Makes pipelines over items; every step leaves rows with `_id`, `a` and `b` in a known order. */
class PipelineMaker {
  private readonly chance: Chance;
  private readonly others: Item[];

  constructor(chance: Chance, others: Item[]) {
    this.chance = chance;
    this.others = others;
  }

  steps(): Step[] {
    const { chance } = this;
    const steps: Step[] = [this.sort()];
    for (let n = chance.below(5); n > 0; n--)
      steps.push(
        chance.pick([
          () => this.match(),
          () => this.compute(),
          () => this.sort(),
          () => this.cut(),
          () => this.unwind(),
          () => this.join(),
        ])(),
      );
    if (chance.next() < 0.5) steps.push(this.group(), this.sort('_id'));
    return steps;
  }

  private match(): Step {
    const { chance } = this;
    const k = chance.below(6);
    const field = chance.pick(['a', 'b', '_id']);
    return chance.pick<Step>([
      { stage: { $match: { [field]: k } }, model: (rows) => rows.filter((r) => r[field] === k) },
      {
        stage: { $match: { [field]: { $gt: k } } },
        model: (rows) => rows.filter((r) => typeof r[field] === 'number' && number(r[field]) > k),
      },
      {
        stage: { $match: { b: null } },
        model: (rows) => rows.filter((r) => (r['b'] ?? null) === null),
      },
      {
        stage: { $match: { $expr: { $lt: ['$a', '$b'] } } },
        model: (rows) => rows.filter((r) => order(r['a'], r['b']) < 0),
      },
      {
        stage: { $match: { $or: [{ a: k }, { b: { $in: [k, 1] } }] } },
        model: (rows) => rows.filter((r) => r['a'] === k || r['b'] === k || r['b'] === 1),
      },
    ]);
  }

  private compute(): Step {
    const k = this.chance.below(4);
    return this.chance.pick<Step>([
      {
        stage: { $set: { a: { $add: ['$a', k] } } },
        model: (rows) => rows.map((r) => ({ ...r, a: number(r['a']) + k })),
      },
      {
        stage: { $set: { b: { $cond: [{ $gt: ['$a', k] }, '$a', '$b'] } } },
        model: (rows) => rows.map((r) => ({ ...r, b: number(r['a']) > k ? r['a'] : r['b'] })),
      },
      {
        stage: { $project: { a: 1, b: { $ifNull: ['$b', -1] }, l: 1, t: 1 } },
        model: (rows) => rows.map(({ m: _left, ...r }) => ({ ...r, b: r['b'] ?? -1 })),
      },
    ]);
  }

  private sort(first = this.chance.pick(['a', 'b', '_id'])): Step {
    const dir = this.chance.pick([1, -1]);
    return {
      stage: { $sort: first === '_id' ? { _id: dir, l: 1 } : { [first]: dir, _id: 1, l: 1 } },
      model: (rows) =>
        [...rows].sort(
          (x, y) =>
            order(x[first], y[first]) * dir || order(x['_id'], y['_id']) || order(x['l'], y['l']),
        ),
    };
  }

  private cut(): Step {
    const n = 1 + this.chance.below(20);
    return this.chance.pick<Step>([
      { stage: { $limit: n }, model: (rows) => rows.slice(0, n) },
      { stage: { $skip: n }, model: (rows) => rows.slice(n) },
    ]);
  }

  private unwind(): Step {
    const keep = this.chance.next() < 0.5;
    return {
      stage: { $unwind: { path: '$l', preserveNullAndEmptyArrays: keep } },
      model: (rows) =>
        rows.flatMap((r) => {
          const list = r['l'];
          if (!Array.isArray(list)) return list === undefined && !keep ? [] : [r];
          if (list.length) return list.map((l: number) => ({ ...r, l }));
          const { l: _gone, ...rest } = r;
          return keep ? [rest] : [];
        }),
    };
  }

  private join(): Step {
    const from = 'others';
    const [localField, foreignField] = this.chance.pick([
      ['a', '_id'],
      ['b', 'a'],
      ['a', 'l'],
    ]) as [string, 'a' | '_id' | 'l'];
    const joins = (mine: unknown, theirs: Item): boolean => {
      const value = theirs[foreignField];
      return Array.isArray(value) ? value.includes(number(mine)) : value === (mine ?? null);
    };
    return {
      stage: { $lookup: { from, localField, foreignField, as: 'm' } },
      model: (rows) =>
        rows.map((r) => ({ ...r, m: this.others.filter((o) => joins(r[localField], o)) })),
    };
  }

  private group(): Step {
    const field = this.chance.pick(['a', 'b']);
    return {
      stage: {
        $group: {
          _id: { $ifNull: [`$${field}`, -5] },
          n: { $sum: 1 },
          sum: { $sum: '$b' },
          least: { $min: '$a' },
          most: { $max: '$b' },
          mean: { $avg: '$a' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          all: { $push: '$a' },
        },
      },
      model: (rows) =>
        [...grouped(rows, (r) => r[field] ?? -5)].map(([_id, list]) => ({
          _id,
          n: list.length,
          sum: numbersOf(list, 'b').reduce((x, y) => x + y, 0),
          least: Math.min(...numbersOf(list, 'a')),
          most: numbersOf(list, 'b').length ? Math.max(...numbersOf(list, 'b')) : null,
          mean: numbersOf(list, 'a').reduce((x, y) => x + y, 0) / list.length,
          first: list[0]?.['_id'],
          last: list.at(-1)?.['_id'],
          all: list.map((r) => r['a']),
        })),
    };
  }
}

const makeItems = (chance: Chance, count: number): Item[] =>
  Array.from({ length: count }, (_, _id) => ({
    _id,
    a: chance.below(6),
    b: chance.next() < 0.2 ? null : chance.below(6),
    l: Array.from({ length: chance.below(4) }, (_e, i) => chance.below(3) + i * 3),
    t: chance.pick(['x', 'y']),
  }));

describe('a pipeline', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const fresh = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  for (const seed of [1, 2, fresh])
    it(`gives what the same steps give in plain JavaScript (seed ${seed})`, async () => {
      const chance = new Chance(seed);
      const [items, others] = [makeItems(chance, 60), makeItems(chance, 12)];
      const db = bench.client.db(`pipelines${seed}`);
      const collection: Collection<Item> = db.collection<Item>('items');
      await collection.insertMany(items);
      await db.collection<Item>('others').insertMany(others);
      await collection.createIndexes([{ key: { a: 1 } }, { key: { b: -1, _id: 1 } }]);
      await db.collection('others').createIndex({ l: 1 });
      const maker = new PipelineMaker(chance, others);
      for (let run = 0; run < 250; run++) {
        const steps = maker.steps();
        const pipeline = steps.map((step) => step.stage);
        const expected = steps.reduce<Rows>(
          (rows, step) => step.model(rows),
          items.map((item) => ({ ...item })),
        );
        const given = await collection.aggregate(pipeline).toArray();
        expect(given, `seed ${seed}: ${JSON.stringify(pipeline)}`).toEqual(expected);
      }
    });
});
