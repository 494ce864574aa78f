import type { Document } from 'bson';
import type { CreateIndexesOptions } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, Chance, startBench } from './harness.ts';

type Value = number | string | null | (number | string)[];
interface Item {
  _id: number;
  u?: Value;
  w?: Value;
  p?: boolean;
}

/** A unique index and, in the manual's words, which keys it has of a document. */
interface Rule {
  name: string;
  key: Record<string, 1 | -1>;
  options: CreateIndexesOptions;
  folds?: boolean;
  /** Whether a document is in the index at all. */
  holds(item: Item): boolean;
}

const RULES: Rule[] = [
  { name: 'plain', key: { u: 1 }, options: {}, holds: () => true },
  { name: 'sparse', key: { u: -1 }, options: { sparse: true }, holds: ({ u }) => u !== undefined },
  {
    name: 'partial',
    key: { u: 1 },
    options: { partialFilterExpression: { p: true } },
    holds: ({ p }) => p === true,
  },
  {
    name: 'folded',
    key: { u: 1 },
    options: { collation: { locale: 'en', strength: 2 } },
    folds: true,
    holds: () => true,
  },
  { name: 'compound', key: { u: 1, w: -1 }, options: {}, holds: () => true },
  {
    name: 'sparse compound',
    key: { u: 1, w: 1 },
    options: { sparse: true },
    holds: ({ u, w }) => u !== undefined || w !== undefined,
  },
];

/** What a field is in an index: null when it is missing, each element of a list by itself. */
function keysOf(value: Value | undefined, folds: boolean): string[] {
  const one = (v: number | string | null): string =>
    JSON.stringify(folds && typeof v === 'string' ? v.toLowerCase() : v);
  if (!Array.isArray(value)) return [one(value ?? null)];
  return value.length ? value.map(one) : ['undefined'];
}

function entriesOf(rule: Rule, item: Item): string[] {
  if (!rule.holds(item)) return [];
  let entries = [''];
  for (const field of Object.keys(rule.key) as ('u' | 'w')[]) {
    const keys = keysOf(item[field], rule.folds ?? false);
    entries = entries.flatMap((entry) => keys.map((key) => `${entry}|${key}`));
  }
  return entries;
}

/** The items that the index lets in, and what each write has to be answered with. */
class Model {
  readonly items = new Map<number, Item>();
  private readonly rule: Rule;

  constructor(rule: Rule) {
    this.rule = rule;
  }

  /** Puts an item in the place of its predecessor; the error's number if it may not be there. */
  put(item: Item): 'stored' | 11000 | 171 {
    const lists = ['u', 'w'].filter(
      (field) => field in this.rule.key && Array.isArray(item[field as 'u' | 'w']),
    );
    if (lists.length > 1 && this.rule.holds(item)) return 171;
    const taken = new Set(
      [...this.items.values()]
        .filter((other) => other._id !== item._id)
        .flatMap((other) => entriesOf(this.rule, other)),
    );
    if (entriesOf(this.rule, item).some((entry) => taken.has(entry))) return 11000;
    this.items.set(item._id, item);
    return 'stored';
  }
}

function randomItem(chance: Chance, _id: number): Item {
  const scalar = (): number | string => chance.pick([1, 2, 3, 'a', 'A', 'b']);
  const value = (): Value | undefined =>
    chance.pick<() => Value | undefined>([
      scalar,
      scalar,
      () => null,
      () => undefined,
      () => Array.from({ length: chance.below(3) }, scalar),
    ])();
  const item: Item = { _id };
  for (const field of ['u', 'w'] as const) {
    const v = value();
    if (v !== undefined) item[field] = v;
  }
  if (chance.next() < 0.6) item.p = chance.next() < 0.7;
  return item;
}

const numberOf = (work: Promise<unknown>): Promise<string | number> =>
  work.then(
    () => 'stored',
    (error: { code: number }) => error.code,
  );

describe('a unique index', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const fresh = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  for (const seed of [1, 2, fresh])
    it.each(RULES)(
      `that is $name lets in what a plain model lets in (seed ${seed})`,
      async (rule) => {
        const chance = new Chance(seed);
        const items = bench.db.collection<Item>(`unique ${rule.name} ${seed}`);
        await items.createIndex(rule.key, { ...rule.options, unique: true });
        const model = new Model(rule);
        const seen = new Set<string | number>();
        for (let n = 0; n < 150; n++) {
          const item = randomItem(chance, chance.below(12));
          const what = `seed ${seed}, step ${n}: ${JSON.stringify(item)}`;
          if (chance.next() < 0.2) {
            await items.deleteOne({ _id: item._id });
            model.items.delete(item._id);
            continue;
          }
          const { _id, ...rest } = item;
          const work = items.replaceOne({ _id }, rest, { upsert: true });
          const [answer, expected] = [await numberOf(work), model.put(item)];
          expect(answer, what).toBe(expected);
          seen.add(answer);
        }
        const stored = await items.find().sort({ _id: 1 }).toArray();
        expect(stored).toEqual([...model.items.values()].sort((a, b) => a._id - b._id));
        expect((await bench.db.command({ validate: items.collectionName }))['errors']).toEqual([]);
        expect([...seen]).toEqual(
          expect.arrayContaining<unknown>(['stored', 11000] satisfies Document),
        );
      },
    );
});
