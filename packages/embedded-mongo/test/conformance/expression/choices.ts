import type { ExpressionRow, Table } from '../run.ts';
import { aggregationPage, D, date, Dec, fails, L, manual, MAX, MIN, oid } from '../values.ts';

const table = (name: string, page: string, rows: ExpressionRow[]): Table<ExpressionRow> => ({
  name,
  page: aggregationPage(page),
  rows,
});

const comparisons: [string, boolean, boolean, boolean][] = [
  ['$eq', false, true, false],
  ['$ne', true, false, true],
  ['$gt', false, false, true],
  ['$gte', false, true, true],
  ['$lt', true, false, false],
  ['$lte', true, true, false],
];

/** Pairs of values, the first of which is less than the second by MongoDB's order. */
const PAIRS = [
  [1, 2],
  [1, 1.5],
  [L(1), Dec('1.1')],
  [2, 'a'],
  ['a', 'b'],
  ['B', 'a'],
  ['z', { a: 1 }],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, [0]],
  [[1], [2]],
  [[1], [1, 0]],
  [[9], oid('1')],
  [oid('1'), false],
  [false, true],
  [true, date('2020-01-01T00:00:00Z')],
  [null, -5],
  [MIN, null],
  [5, MAX],
] as const;

export const choices: Table<ExpressionRow>[] = [
  ...comparisons.map(([name, less, same, more]) =>
    table(name, name.slice(1), [
      ...PAIRS.map(([a, b]): ExpressionRow => [{ [name]: ['$a', '$b'] }, less, { a, b } as never]),
      ...PAIRS.slice(0, 6).map(
        ([a, b]): ExpressionRow => [{ [name]: ['$b', '$a'] }, more, { a, b } as never],
      ),
      [{ [name]: [1, 1] }, same],
      [{ [name]: [1, L(1)] }, same],
      [{ [name]: [1, D(1)] }, same],
      [{ [name]: ['$missing', null] }, less],
      [{ [name]: [null, '$missing'] }, more],
      [{ [name]: ['$missing', '$absent'] }, same],
      [{ [name]: ['$a', '$a'] }, same, { a: { b: [1] } }],
      [{ [name]: [1] }, fails(16020)],
      [{ [name]: [1, 2, 3] }, fails(16020)],
    ]),
  ),
  table('$cmp', 'cmp', [
    ...PAIRS.map(([a, b]): ExpressionRow => [{ $cmp: ['$a', '$b'] }, -1, { a, b } as never]),
    [{ $cmp: [2, 1] }, 1],
    [{ $cmp: [1, D(1)] }, 0],
    [{ $cmp: ['$x', null] }, -1],
  ]),
  table('$and', 'and', [
    [{ $and: [1, 'green'] }, true],
    [{ $and: [] }, true],
    [{ $and: [[null], [false], [0]] }, true],
    [{ $and: [null, true] }, false],
    [{ $and: [0, true] }, false],
    [{ $and: ['$missing', true] }, false],
    [{ $and: [{ $gt: ['$q', 1] }, { $lt: ['$q', 5] }] }, true, { q: 3 }],
    [{ $and: [{ $eq: [1, 2] }, { $divide: [1, '$zero'] }] }, false, { zero: 0 }],
  ]),
  table('$or', 'or', [
    [{ $or: [true, false] }, true],
    [{ $or: [[false], false] }, true],
    [{ $or: [null, 0, '$missing'] }, false],
    [{ $or: [] }, false],
    [{ $or: [''] }, true],
  ]),
  table('$not', 'not', [
    [{ $not: [true] }, false],
    [{ $not: [[false]] }, false],
    [{ $not: [false] }, true],
    [{ $not: [null] }, true],
    [{ $not: [0] }, true],
    [{ $not: '$missing' }, true],
    [{ $not: [1, 2] }, fails(16020)],
  ]),
  table('$cond', 'cond', [
    [{ $cond: { if: { $gte: ['$q', 250] }, then: 30, else: 20 } }, 30, { q: 250 }],
    [{ $cond: { if: { $gte: ['$q', 250] }, then: 30, else: 20 } }, 20, { q: 200 }],
    [{ $cond: ['$x', 'y', 'n'] }, 'n'],
    [{ $cond: [true, '$missing', 1] }, undefined],
    [{ $cond: [1, 2] }, fails(16020)],
    [{ $cond: { if: 1, then: 2 } }, fails(17082)],
    [{ $cond: { if: 1, else: 2 } }, fails(17081)],
    [{ $cond: { then: 1, else: 2 } }, fails(17080)],
    [{ $cond: { if: 1, then: 2, else: 3, x: 4 } }, fails(17083)],
  ]),
  table('$ifNull', 'ifNull', [
    [{ $ifNull: ['$x', 'Unspecified'] }, 'Unspecified'],
    [{ $ifNull: ['$x', 'Unspecified'] }, 'Unspecified', { x: null }],
    [{ $ifNull: ['$x', 'Unspecified'] }, 'is', { x: 'is' }],
    [{ $ifNull: ['$x', '$y', 5] }, 5],
    [{ $ifNull: ['$x', '$y', 5] }, 0, { y: 0 }],
    [{ $ifNull: ['$x', '$y'] }, undefined],
    [{ $ifNull: [1] }, fails(1257300)],
  ]),
  table('$switch', 'switch', [
    [
      {
        $switch: {
          branches: [
            { case: { $eq: [0, 5] }, then: 'equals' },
            { case: { $gt: [0, 5] }, then: 'greater than' },
          ],
          default: 'neither',
        },
      },
      'neither',
    ],
    [
      {
        $switch: {
          branches: [
            { case: true, then: 1 },
            { case: true, then: 2 },
          ],
        },
      },
      1,
    ],
    [{ $switch: { branches: [{ case: '$x', then: 1 }], default: '$y' } }, 7, { y: 7 }],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }, fails(40066)],
    [{ $switch: { branches: [] } }, fails(40068)],
    [{ $switch: 1 }, fails(40060)],
    [{ $switch: { branches: 1 } }, fails(40061)],
    [{ $switch: { branches: [1] } }, fails(40062)],
    [{ $switch: { branches: [{ case: 1, then: 2, x: 3 }] } }, fails(40063)],
    [{ $switch: { branches: [{ then: 1 }] } }, fails(40064)],
    [{ $switch: { branches: [{ case: 1 }] } }, fails(40065)],
    [{ $switch: { branches: [{ case: 1, then: 1 }], x: 1 } }, fails(40067)],
  ]),
  {
    name: 'field paths and variables',
    page: manual('reference/aggregation-variables'),
    rows: [
      ['$a', 1, { a: 1 }],
      ['$a.b', 2, { a: { b: 2 } }],
      ['$a.b', [1, 2], { a: [{ b: 1 }, {}, { b: 2 }, 5, [{ b: 9 }]] }],
      ['$a.b.c', [[1], 2], { a: [{ b: [{ c: 1 }, {}] }, { b: { c: 2 } }] }],
      ['$a.0', [], { a: [1, 2] }],
      ['$missing', undefined],
      ['$a.b', undefined, { a: 5 }],
      ['$$ROOT', { a: 1 }, { a: 1 }],
      ['$$ROOT.a', 1, { a: 1 }],
      ['$$CURRENT.a', 1, { a: 1 }],
      ['$$REMOVE', undefined],
      [{ a: '$$REMOVE', b: 1 }, { b: 1 }],
      [
        { a: '$x', b: { c: '$y' } },
        { a: 1, b: { c: 2 } },
        { x: 1, y: 2 },
      ],
      [['$x', '$missing', 3], [1, null, 3], { x: 1 }],
      ['text', 'text'],
      [null, null],
      ['$$nope', fails(17276)],
      ['$', fails(16872)],
      ['$a..b', fails(15998)],
      ['$a.', fails(40353)],
      ['$a.$b', fails(16410)],
      [{ $foo: 1 }, fails(168)],
      [{ $add: [1], $subtract: [1] }, fails(15983)],
      [{ a: 1, $add: [1] }, fails(15983)],
      [{ 'a.b': 1 }, fails(16412)],
      [{ $function: { body: 'x', args: [], lang: 'js' } }, fails(31264)],
      [{ $meta: 'textScore' }, fails(40218)],
    ],
  },
  table('$rand', 'rand', [
    [{ $and: [{ $gte: [{ $rand: {} }, 0] }, { $lt: [{ $rand: {} }, 1] }] }, true],
    [{ $rand: 5 }, fails(3040501)],
  ]),
  table('$literal', 'literal', [
    [{ $literal: '$a' }, '$a', { a: 1 }],
    [{ $literal: { $add: [1, 2] } }, { $add: [1, 2] }],
    [{ $eq: ['$price', { $literal: '$1' }] }, true, { price: '$1' }],
  ]),
  table('$let', 'let', [
    [
      {
        $let: {
          vars: { total: { $add: ['$p', '$t'] }, d: 2 },
          in: { $multiply: ['$$total', '$$d'] },
        },
      },
      22,
      { p: 10, t: 1 },
    ],
    [
      { $let: { vars: { x: 1 }, in: { $let: { vars: { x: 2, y: '$$x' }, in: ['$$x', '$$y'] } } } },
      [2, 1],
    ],
    [{ $let: { vars: {}, in: 5 } }, 5],
    [{ $let: { vars: { a: '$x' }, in: '$$a.b' } }, 3, { x: { b: 3 } }],
    [{ $let: { vars: { A: 1 }, in: 1 } }, fails(16867)],
    [{ $let: { vars: { 'a-b': 1 }, in: 1 } }, fails(16868)],
    [{ $let: { in: 1 } }, fails(16876)],
    [{ $let: { vars: {}, in: 1, x: 1 } }, fails(16875)],
    [{ $let: 1 }, fails(16874)],
    [{ $let: { vars: { a: 1 }, in: '$$b' } }, fails(17276)],
  ]),
];
