import { describe, expect, it } from 'vitest';
import { MongoError } from '../errors.ts';
import type { Doc } from '../values/index.ts';
import { Group } from './group.ts';
import {
  collect,
  compilePipeline,
  pipelineFields,
  splitPipeline,
  type Flow,
  type PipelineOptions,
} from './index.ts';

const runPipeline = (source: Flow, pipeline: Doc[], options: PipelineOptions = {}): Flow =>
  compilePipeline(pipeline, options)(source);

const numbers = (n: number): Doc[] => Array.from({ length: n }, (_, i) => ({ _id: i, n: i % 7 }));

const codeOf = (run: () => unknown): number | undefined => {
  try {
    run();
    return undefined;
  } catch (e) {
    return e instanceof MongoError ? e.code : undefined;
  }
};

describe('a pipeline', () => {
  it('reads nothing before it is asked and no more than a limit wants', () => {
    let read = 0;
    const source = (function* (): Generator<Doc> {
      for (const doc of numbers(1000)) {
        read++;
        yield doc;
      }
    })();
    const flow = runPipeline(source, [{ $match: { n: 3 } }, { $limit: 2 }]);
    expect(read).toBe(0);
    expect(collect(flow)).toHaveLength(2);
    expect(read).toBe(11);
  });

  it.each([
    ['$group', { $group: { _id: '$n' } }],
    ['$sort', { $sort: { n: -1 } }],
    ['$facet', { $facet: { a: [{ $limit: 1 }] } }],
    ['$setWindowFields', { $setWindowFields: { output: { s: { $sum: '$n' } } } }],
    ['$match', { $match: { n: 99 } }],
  ])('%s lets its caller look at the clock while it reads', (_name, stage) => {
    let pauses = 0;
    for (const doc of runPipeline(numbers(5000), [stage as Doc])) {
      if (doc) break;
      pauses++;
    }
    expect(pauses).toBeGreaterThanOrEqual(10);
  });

  it('sorts more than one run of documents, stably', () => {
    const docs = Array.from({ length: 20_000 }, (_, i) => ({ _id: i, k: (i * 7919) % 100 }));
    const out = collect(runPipeline(docs, [{ $sort: { k: 1 } }])) as { _id: number; k: number }[];
    const expected = [...docs].sort((a, b) => a.k - b.k || a._id - b._id);
    expect(out).toEqual(expected);
  });

  it('keeps only the first documents of a sort that is followed by a limit', () => {
    const docs = Array.from({ length: 30_000 }, (_, i) => ({ _id: (i * 7919) % 30_000 }));
    const out = collect(runPipeline(docs, [{ $sort: { _id: -1 } }, { $limit: 3 }]));
    expect(out).toEqual([{ _id: 29_999 }, { _id: 29_998 }, { _id: 29_997 }]);
  });

  it('is refused before any document is read', () => {
    expect(codeOf(() => compilePipeline([{ $set: { a: { $foo: 1 } } }]))).toBe(168);
    expect(codeOf(() => compilePipeline('x'))).toBe(14);
    expect(codeOf(() => compilePipeline([{ $lookup: { from: 'x', pipeline: [], as: 'y' } }]))).toBe(
      undefined,
    );
  });

  it.each([
    ['$sort', { $sort: { n: 1 } }],
    ['$group', { $group: { _id: '$_id' } }],
    ['$push', { $group: { _id: null, all: { $push: '$_id' } } }],
    ['$addToSet', { $group: { _id: null, all: { $addToSet: '$_id' } } }],
    ['$facet', { $facet: { all: [] } }],
    ['$bucketAuto', { $bucketAuto: { groupBy: '$n', buckets: 2 } }],
    ['$setWindowFields', { $setWindowFields: { output: { s: { $sum: '$n' } } } }],
  ])('%s refuses to hold more than it may', (_name, stage) => {
    const run = (memoryBytes: number): Doc[] =>
      collect(runPipeline(numbers(2000), [stage as Doc], { memoryBytes }));
    expect(codeOf(() => run(10_000))).toBe(292);
    expect(codeOf(() => run(10_000_000))).toBeUndefined();
  });

  it('lets a sort for a few documents and a group of a few read as much as there is', () => {
    const docs = numbers(50_000);
    const top = [{ $sort: { _id: -1 } }, { $limit: 5 }];
    const sums = [{ $group: { _id: '$n', s: { $sum: '$_id' } } }];
    for (const pipeline of [top, sums]) {
      expect(
        collect(runPipeline(docs, pipeline as Doc[], { memoryBytes: 10_000 })).length,
      ).toBeLessThan(8);
    }
  });

  it('refuses to read other collections where there are none', () => {
    const stage = { $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'y' } };
    expect(codeOf(() => collect(runPipeline([{ _id: 1 }], [stage])))).toBe(51047);
  });

  it('compares strings by its collation', () => {
    const collation = { locale: 'en', strength: 1 };
    const docs: Doc[] = [{ s: 'É' }, { s: 'e' }, { s: 'f' }];
    const group = [{ $group: { _id: '$s', n: { $sum: 1 } } }];
    expect(collect(runPipeline(docs, group, { collation })).map((d) => d['n'])).toEqual([2, 1]);
    expect(collect(runPipeline(docs, [{ $match: { s: 'E' } }], { collation }))).toHaveLength(2);
    const equal = [{ $project: { same: { $eq: ['$s', 'E'] } } }];
    expect(collect(runPipeline(docs, equal, { collation })).map((d) => d['same'])).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a group taken document by document', () => {
  it('gives its groups in the order in which they began', () => {
    const group = new Group({ _id: '$n', ids: { $push: '$_id' } });
    for (const doc of numbers(9)) group.add(doc);
    const out = [...group.result()];
    expect(out[0]).toEqual({ _id: 0, ids: [0, 7] });
    expect(out).toHaveLength(7);
  });

  it('does not mix up texts that look like its own keys', () => {
    const group = new Group({ _id: '$k', n: { $sum: 1 } });
    for (const k of ['\0', '', '1', 1, null, '\0k']) group.add({ k });
    expect([...group.result()]).toHaveLength(6);
  });
});

describe('the beginning of a pipeline', () => {
  it('becomes a find', () => {
    const split = splitPipeline([
      { $match: { a: 1 } },
      { $match: { b: 2 } },
      { $sort: { c: 1 } },
      { $skip: 5 },
      { $limit: 3 },
      { $project: { a: 1 } },
    ]);
    expect(split).toEqual({
      filter: { $and: [{ a: 1 }, { b: 2 }] },
      sort: { c: 1 },
      skip: 5,
      limit: 3,
      rest: [{ $project: { a: 1 } }],
    });
  });

  it('stays where it is when the order of stages is another', () => {
    const split = splitPipeline([{ $limit: 1 }, { $match: { a: 1 } }]);
    expect(split.limit).toBe(1);
    expect(split.rest).toEqual([{ $match: { a: 1 } }]);
    expect(splitPipeline([{ $group: { _id: 1 } }]).filter).toEqual({});
  });

  it('tells which fields it reads', () => {
    const fields = (stage: Doc): string[] | null => {
      const found = pipelineFields([stage]);
      return found && [...found].sort();
    };
    expect(fields({ $group: { _id: '$a.b', n: { $sum: '$c' } } })).toEqual(['a', 'c']);
    expect(fields({ $group: { _id: null, all: { $push: '$$ROOT' } } })).toBeNull();
    expect(fields({ $project: { a: 1, x: '$b.c' } })).toEqual(['_id', 'a', 'b', 'x']);
    expect(fields({ $project: { a: 0 } })).toBeNull();
    expect(fields({ $project: { _id: 0 } })).toBeNull();
    expect(fields({ $count: 'n' })).toEqual([]);
    expect(fields({ $set: { a: 1 } })).toBeNull();
  });
});
