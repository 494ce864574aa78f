import { describe, expect, it } from 'vitest';
import { MongoError } from '../errors.ts';
import type { Doc } from '../values/index.ts';
import { sorterOf } from './index.ts';

function sorted(docs: Doc[], spec: Doc): unknown[] {
  const sorter = sorterOf(spec);
  return docs
    .map((doc) => ({ doc, key: sorter.keyOf(doc) }))
    .sort((a, b) => sorter.compare(a.key, b.key))
    .map((e) => e.doc['_id']);
}

describe('a sort', () => {
  const docs: Doc[] = [
    { _id: 'none' },
    { _id: 'empty', a: [] },
    { _id: 'wide', a: [1, 9] },
    { _id: 'five', a: 5 },
    { _id: 'null', a: null },
  ];

  it('takes the smallest element of an array going up and the largest going down', () => {
    expect(sorted(docs, { a: 1 })).toEqual(['empty', 'none', 'null', 'wide', 'five']);
    expect(sorted(docs, { a: -1 })).toEqual(['wide', 'five', 'none', 'null', 'empty']);
  });

  it('looks into documents of an array', () => {
    const list: Doc[] = [
      { _id: 1, a: [{ b: 3 }, { b: 8 }] },
      { _id: 2, a: { b: 5 } },
      { _id: 3, a: [{ b: 1 }] },
    ];
    expect(sorted(list, { 'a.b': 1 })).toEqual([3, 1, 2]);
    expect(sorted(list, { 'a.b': -1 })).toEqual([1, 2, 3]);
  });

  it('breaks ties by its next field', () => {
    const list: Doc[] = [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 3 },
    ];
    expect(sorted(list, { a: 1, b: -1 })).toEqual([3, 2, 1]);
  });

  it('refuses directions and names that are none', () => {
    for (const spec of [{ a: 2 }, { a: 0 }, { '': 1 }, { 'a..b': 1 }, { $a: 1 }] as Doc[]) {
      expect(() => sorterOf(spec)).toThrow(MongoError);
    }
  });
});
