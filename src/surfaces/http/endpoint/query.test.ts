import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { check } from './check.ts';
import { foldQuery, pageQuery } from './query.ts';

describe('foldQuery', () => {
  it.each([
    [{}, {}],
    [{ limit: '5' }, { limit: '5' }],
    [
      { 'filter[state]': 'open', 'filter[owner]': 'me' },
      { filter: { state: 'open', owner: 'me' } },
    ],
    [{ limit: ['5', '6'] }, { limit: '5' }],
    [{ cursor: '', 'filter[state]': '' }, {}],
    [{ 'filter[__proto__]': 'x' }, { 'filter[__proto__]': 'x' }],
    [{ 'filter[a][b]': 'x' }, { 'filter[a][b]': 'x' }],
  ])('%j becomes %j', (query, folded) => {
    expect(foldQuery(query)).toEqual(folded);
  });
});

describe('a page', () => {
  it('is fifty unless asked otherwise', () => {
    expect(check(pageQuery, {}, 'The query')).toEqual({ limit: 50 });
    expect(check(pageQuery, { limit: '200', cursor: 'abc' }, 'The query')).toEqual({
      limit: 200,
      cursor: 'abc',
    });
  });

  it.each(['0', '201', '1.5', 'ten', '-1', '1e9'])('of %s is refused', (limit) => {
    expect(() => check(pageQuery, { limit }, 'The query')).toThrow(
      'limit: give a whole number from 1 to 200.',
    );
  });
});

describe('check', () => {
  const schema = z.strictObject({
    name: z.string('Give a name.'),
    list: z.array(z.strictObject({ x: z.number() })),
  });

  it.each([
    [{ list: [] }, 'name', 'name: give a name.'],
    [{ name: 'a', list: [{ x: 1 }, { x: 'b' }] }, 'list.1.x', /^list\.1\.x: /],
    [{ name: 'a', list: [{ x: 1, y: 2 }] }, 'list.0.y', 'list.0.y: is not known here.'],
    [{ name: 'a', list: [], more: 1 }, 'more', 'more: is not known here.'],
    ['text', undefined, /^The body: /],
  ])('%j is refused at %s', (value, field, message) => {
    try {
      check(schema, value, 'The body');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'malformed',
        field,
        message: expect.stringMatching(message),
      });
    }
  });
});
