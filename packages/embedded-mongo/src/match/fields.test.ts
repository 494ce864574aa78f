import { describe, expect, it } from 'vitest';
import type { Value } from '../values/index.ts';
import { fieldsOf } from './index.ts';

const names = (filter: Value): string[] | null => {
  const found = fieldsOf(filter);
  return found && [...found].sort();
};

describe('the fields a filter looks at', () => {
  it('are the first names of its paths', () => {
    expect(names({ 'a.b': 1, c: { $gt: 1 } })).toEqual(['a', 'c']);
  });

  it('are gathered from all branches', () => {
    expect(names({ $or: [{ a: 1 }, { $and: [{ b: 1 }, { $nor: [{ c: 1 }] }] }] })).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('are those of its expressions too', () => {
    expect(names({ $expr: { $gt: ['$a.x', { $add: ['$b', '$$now'] }] } })).toEqual(['a', 'b']);
  });

  it('are not known when the whole document may be read', () => {
    expect(names({ $expr: { $eq: ['$$ROOT', 1] } })).toBeNull();
    expect(names({ $jsonSchema: {} })).toBeNull();
    expect(names({ $or: [{ a: 1 }, { $jsonSchema: {} }] })).toBeNull();
  });

  it('are none for an empty filter', () => {
    expect(names({})).toEqual([]);
    expect(names({ $comment: 'x' })).toEqual([]);
  });
});
