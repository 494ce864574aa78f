import type { Doc, Value } from '../../../src/values/index.ts';
import type { MatchRow, Table } from '../run.ts';
import { bin, D, date, Dec, L, MAX, MIN, oid, queryPage, re, ts } from '../values.ts';

const a = (v: Value): Doc => ({ a: v });
const as = (...values: Value[]): Doc[] => values.map(a);

/** One value of each type, all different. */
const EVERY: Doc[] = as(
  1,
  'x',
  true,
  null,
  { b: 1 },
  [7],
  oid('1'),
  date('2020-01-01T00:00:00Z'),
  bin('00ff'),
  ts(1, 1),
  re('q'),
  MIN,
  MAX,
);
const without = (...gone: number[]): Doc[] => EVERY.filter((_, i) => !gone.includes(i));

export const comparison: Table<MatchRow>[] = [
  {
    name: '$eq',
    page: queryPage('eq'),
    rows: [
      {
        filter: { a: { $eq: 1 } },
        yes: as(1, D(1), L(1), Dec('1'), Dec('1.0'), [1], [0, 1]),
        no: [{}, ...as(2, '1', true, null, [[1]], [], { a: 1 }, date('1970-01-01T00:00:00.001Z'))],
      },
      { filter: { a: 1 }, yes: as(1, D(1), L(1), [1, 2]), no: [{ b: 1 }, ...as('1', [2])] },
      {
        filter: { a: 'x' },
        yes: as('x', ['x'], ['y', 'x']),
        no: as('X', 'xx', re('x'), { x: 'x' }),
      },
      {
        filter: { a: null },
        yes: [{}, { b: 1 }, ...as(null, [null], [1, null])],
        no: as(0, false, '', [], {}),
      },
      {
        filter: { 'a.b': null },
        yes: [{}, ...as({}, { b: null }, 4, null, [{}], [{ b: null }], [{ b: 1 }, {}])],
        no: as({ b: 0 }, [], [1, 2], [{ b: 1 }]),
      },
      { filter: { a: true }, yes: as(true, [true]), no: as(1, false, 'true') },
      { filter: { a: false }, yes: as(false), no: [{}, ...as(0, null, true)] },
      {
        filter: { a: { b: 1 } },
        yes: as({ b: 1 }, [{ b: 1 }], { b: L(1) }),
        no: as({ b: 1, c: 2 }, { b: 2 }, {}, { b: [1] }),
      },
      { filter: { a: { b: 1, c: 2 } }, yes: as({ b: 1, c: 2 }), no: as({ c: 2, b: 1 }, { b: 1 }) },
      { filter: { a: {} }, yes: as({}), no: [{}, ...as({ b: 1 }, [])] },
      {
        filter: { a: [1, 2] },
        yes: as([1, 2], [[1, 2]], [0, [1, 2]]),
        no: as([2, 1], [1], [1, 2, 3], 1),
      },
      { filter: { a: [] }, yes: as([], [[]]), no: [{}, ...as(null, [1])] },
      {
        filter: { 'a.b': 1 },
        yes: as({ b: 1 }, [{ b: 1 }], [{ b: 2 }, { b: 1 }], { b: [1] }, [{ b: [3, 1] }]),
        no: as({ b: 2 }, [[{ b: 1 }]], 1, { c: { b: 1 } }),
      },
      {
        filter: { 'a.0': 1 },
        yes: as([1, 2], { 0: 1 }, [{ 0: 1 }], [[1, 2]], [[2, 1]]),
        no: as([2, 1], 1, [[2], 1]),
      },
      {
        filter: { 'a.1.b': 5 },
        yes: as([{}, { b: 5 }], { 1: { b: 5 } }),
        no: as([{ b: 5 }, {}], [{ b: 5 }]),
      },
      {
        filter: { 'a.b.c': 1 },
        yes: as({ b: { c: 1 } }, [{ b: [{ c: 1 }] }], { b: [{ c: 2 }, { c: 1 }] }),
        no: as({ b: 1 }, { b: { c: 2 } }),
      },
      {
        filter: { a: oid('1') },
        yes: as(oid('1'), [oid('1')]),
        no: as(oid('2'), '000000000000000000000001'),
      },
      {
        filter: { a: date('2020-01-01T00:00:00Z') },
        yes: as(date('2020-01-01T00:00:00Z')),
        no: as(date('2020-01-01T00:00:00.001Z'), 1577836800000),
      },
      {
        filter: { a: bin('00ff') },
        yes: as(bin('00ff')),
        no: as(bin('00ff', 4), bin('00fe'), bin('00')),
      },
      { filter: { a: ts(1, 1) }, yes: as(ts(1, 1)), no: as(ts(1, 2), ts(2, 1)) },
      { filter: { a: Dec('0.1') }, yes: as(Dec('0.1'), Dec('0.10')), no: as(0.1) },
      { filter: { a: 0.5 }, yes: as(0.5, Dec('0.5')), no: as(0.25) },
      {
        filter: { a: L('9007199254740993') },
        yes: as(L('9007199254740993'), Dec('9007199254740993')),
        no: as(9007199254740992, L('9007199254740992')),
      },
      { filter: { a: NaN }, yes: as(NaN, Dec('NaN')), no: as(0, null) },
      { filter: { a: 0 }, yes: as(0, -0, Dec('0'), L(0)), no: as(null, false) },
      { filter: { a: MIN }, yes: as(MIN), no: [{}, ...as(null, MAX)] },
      {
        filter: { a: { $eq: re('^x') } },
        yes: as(re('^x'), [re('^x')]),
        no: as('x', re('^x', 'i')),
      },
      { filter: { a: 1, b: 2 }, yes: [{ a: 1, b: 2 }], no: [{ a: 1 }, { a: 1, b: 3 }] },
    ],
  },
  {
    name: '$ne',
    page: queryPage('ne'),
    rows: [
      {
        filter: { a: { $ne: 1 } },
        yes: [{}, ...as(2, '1', null, [], [2], {})],
        no: as(1, L(1), [1], [2, 1]),
      },
      {
        filter: { a: { $ne: null } },
        yes: as(0, '', false, [], {}),
        no: [{}, ...as(null, [null])],
      },
      {
        filter: { 'a.b': { $ne: 1 } },
        yes: [{}, ...as({}, { b: 2 }, [{ b: 2 }], 5)],
        no: as({ b: 1 }, [{ b: 2 }, { b: 1 }]),
      },
      { filter: { a: { $ne: re('x') } }, error: 2 },
    ],
  },
  {
    name: '$gt',
    page: queryPage('gt'),
    rows: [
      {
        filter: { a: { $gt: 5 } },
        yes: as(6, 5.1, L(6), Dec('5.0001'), Infinity, [1, 6]),
        no: [{}, ...as(5, 4, D(5), NaN, 'z', null, true, date('2020-01-01T00:00:00Z'), {}, [5])],
      },
      {
        filter: { a: { $gt: 'b' } },
        yes: as('c', 'ba', ['a', 'c'], 'é'),
        no: as('b', 'a', 'B', '', 9),
      },
      {
        filter: { a: { $gt: date('2020-01-01T00:00:00Z') } },
        yes: as(date('2020-01-02T00:00:00Z')),
        no: as(date('2020-01-01T00:00:00Z'), 9e15, ts(2000000000, 1)),
      },
      { filter: { a: { $gt: false } }, yes: as(true), no: as(false, 1) },
      {
        filter: { a: { $gt: oid('1') } },
        yes: as(oid('2'), oid('ff')),
        no: as(oid('1'), oid('0'), 'x'),
      },
      { filter: { a: { $gt: null } }, no: [{}, ...EVERY] },
      { filter: { a: { $gt: MIN } }, yes: [{}, ...without(11)], no: as(MIN) },
      { filter: { a: { $gt: NaN } }, no: as(0, NaN, Infinity) },
      {
        filter: { a: { $gt: [1, 2] } },
        yes: as([1, 3], [2], [1, 2, 0]),
        no: as([1, 2], [1], 5, [0, 9]),
      },
      {
        filter: { a: { $gt: { b: 1 } } },
        yes: as({ b: 2 }, { c: 1 }, { b: 1, c: 1 }),
        no: as({ b: 1 }, { a: 1 }, 5),
      },
      { filter: { a: { $gt: re('x') } }, error: 2 },
    ],
  },
  {
    name: '$gte',
    page: queryPage('gte'),
    rows: [
      {
        filter: { a: { $gte: 5 } },
        yes: as(5, L(5), Dec('5'), 6, [5]),
        no: [{}, ...as(4, 4.999, 'z', NaN)],
      },
      { filter: { a: { $gte: 'b' } }, yes: as('b', 'c'), no: as('a', 5) },
      { filter: { a: { $gte: null } }, yes: [{}, ...as(null)], no: as(0, '', []) },
      { filter: { a: { $gte: NaN } }, yes: as(NaN), no: as(0) },
      { filter: { a: { $gte: true } }, yes: as(true), no: as(false, 1) },
      { filter: { a: { $gte: MAX } }, yes: as(MAX), no: without(12) },
    ],
  },
  {
    name: '$lt',
    page: queryPage('lt'),
    rows: [
      {
        filter: { a: { $lt: 5 } },
        yes: as(4, -1, L(-9), Dec('4.9'), -Infinity, [9, 1]),
        no: [{}, ...as(5, 6, NaN, 'a', null, false, MIN)],
      },
      { filter: { a: { $lt: 'b' } }, yes: as('a', '', 'B'), no: as('b', 'c', 1) },
      { filter: { a: { $lt: null } }, no: [{}, ...EVERY] },
      { filter: { a: { $lt: MAX } }, yes: without(12), no: as(MAX) },
      {
        filter: { a: { $lt: ts(5, 0) } },
        yes: as(ts(4, 9), ts(0, 1)),
        no: as(ts(5, 0), ts(5, 1), 4),
      },
    ],
  },
  {
    name: '$lte',
    page: queryPage('lte'),
    rows: [
      {
        filter: { a: { $lte: 5 } },
        yes: as(5, 4, Dec('5.0'), [6, 5]),
        no: [{}, ...as(5.1, NaN, null)],
      },
      { filter: { a: { $lte: 'b' } }, yes: as('b', 'a'), no: as('ba', 0) },
      { filter: { a: { $lte: null } }, yes: [{}, ...as(null)], no: as(0, [], MIN) },
      { filter: { a: { $gte: 2, $lte: 3 } }, yes: as(2, 2.5, 3, [1, 4]), no: as(1, 4, [0, 1]) },
    ],
  },
  {
    name: '$in',
    page: queryPage('in'),
    rows: [
      {
        filter: { a: { $in: [1, 'x', null] } },
        yes: [{}, ...as(1, L(1), D(1), 'x', null, [5, 'x'])],
        no: as(2, 'y', [], [2], false),
      },
      { filter: { a: { $in: [] } }, no: [{}, ...EVERY] },
      {
        filter: { a: { $in: [re('^ab'), 'z'] } },
        yes: as('abc', 'z', ['q', 'ab'], re('^ab')),
        no: as('b', 'cab', 1),
      },
      {
        filter: { a: { $in: [[1, 2], 3] } },
        yes: as([1, 2], 3, [3], [[1, 2]]),
        no: as([2, 1], [1], 1),
      },
      {
        filter: { a: { $in: [{ b: 1 }] } },
        yes: as({ b: 1 }, [{ b: 1 }]),
        no: as({ b: 1, c: 1 }, { b: 2 }),
      },
      {
        filter: { a: { $in: [oid('1'), oid('2')] } },
        yes: as(oid('1'), oid('2')),
        no: as(oid('3'), '1'),
      },
      { filter: { a: { $in: [true] } }, yes: as(true), no: as(1, 'true') },
      { filter: { a: { $in: [Dec('1.5'), L(7)] } }, yes: as(1.5, 7, Dec('7')), no: as(1, 8) },
      {
        filter: { a: { $in: [date('2020-01-01T00:00:00Z')] } },
        yes: as(date('2020-01-01T00:00:00Z')),
        no: as(1577836800000),
      },
      {
        filter: { 'a.b': { $in: [1, 2] } },
        yes: as({ b: 2 }, [{ b: 9 }, { b: 1 }]),
        no: as({ b: 3 }, {}),
      },
      { filter: { a: { $in: 1 } }, error: 2 },
      { filter: { a: { $in: [{ $gt: 1 }] } }, error: 2 },
    ],
  },
  {
    name: '$nin',
    page: queryPage('nin'),
    rows: [
      {
        filter: { a: { $nin: [1, 'x'] } },
        yes: [{}, ...as(2, null, [], ['y'])],
        no: as(1, 'x', [9, 'x']),
      },
      { filter: { a: { $nin: [null] } }, yes: as(0, []), no: [{}, ...as(null)] },
      { filter: { a: { $nin: [] } }, yes: [{}, ...EVERY] },
      { filter: { a: { $nin: [re('^x')] } }, yes: as('yx', 1), no: as('xy') },
      { filter: { a: { $nin: 1 } }, error: 2 },
    ],
  },
];
