import type { Doc, Value } from '../../../src/values/index.ts';
import type { MatchRow, Table } from '../run.ts';
import { bin, code, D, date, Dec, L, manual, MAX, MIN, oid, queryPage, re, ts } from '../values.ts';

const a = (v: Value): Doc => ({ a: v });
const as = (...values: Value[]): Doc[] => values.map(a);

/** A value of each type with its alias and number. */
const TYPES: [alias: string, number: number, value: Value][] = [
  ['double', 1, 1.5],
  ['string', 2, 'x'],
  ['object', 3, { b: 1 }],
  ['binData', 5, bin('01')],
  ['objectId', 7, oid('1')],
  ['bool', 8, false],
  ['date', 9, date('2020-01-01T00:00:00Z')],
  ['null', 10, null],
  ['regex', 11, re('x')],
  ['javascript', 13, code('1')],
  ['int', 16, 1],
  ['timestamp', 17, ts(1, 1)],
  ['long', 18, L(1)],
  ['decimal', 19, Dec('1')],
  ['minKey', -1, MIN],
  ['maxKey', 127, MAX],
];

const typeRows: MatchRow[] = TYPES.flatMap(([alias, number, value]): MatchRow[] => {
  const others = TYPES.filter((t) => t[0] !== alias).map((t) => a(t[2]));
  return [
    {
      filter: { a: { $type: alias } },
      yes: [a(value), a([value])],
      no: [{}, ...others.slice(0, 4)],
    },
    { filter: { a: { $type: number } }, yes: [a(value)], no: others.slice(4, 7) },
  ];
});

export const logical: Table<MatchRow>[] = [
  {
    name: '$and',
    page: queryPage('and'),
    rows: [
      {
        filter: { $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] },
        yes: as(3, [0, 3], [0, 9]),
        no: [{}, ...as(1, 5)],
      },
      { filter: { $and: [{ a: 1 }, { b: 1 }] }, yes: [{ a: 1, b: 1 }], no: [{ a: 1 }, { b: 1 }] },
      { filter: { $and: [{ a: 1 }] }, yes: as(1), no: as(2) },
      { filter: { $and: [] }, error: 2 },
      { filter: { $and: { a: 1 } }, error: 2 },
      { filter: { $and: [1] }, error: 2 },
    ],
  },
  {
    name: '$or',
    page: queryPage('or'),
    rows: [
      {
        filter: { $or: [{ a: 1 }, { b: 2 }] },
        yes: [{ a: 1 }, { b: 2 }, { a: 1, b: 2 }],
        no: [{}, { a: 2, b: 1 }],
      },
      {
        filter: { c: 1, $or: [{ a: 1 }, { b: 2 }] },
        yes: [{ c: 1, a: 1 }],
        no: [{ a: 1 }, { c: 1 }],
      },
      {
        filter: { $or: [{ $and: [{ a: 1 }, { b: 1 }] }, { c: 1 }] },
        yes: [{ a: 1, b: 1 }, { c: 1 }],
        no: [{ a: 1 }],
      },
      { filter: { $or: [] }, error: 2 },
      { filter: { $or: 1 }, error: 2 },
      { filter: { $or: ['x'] }, error: 2 },
    ],
  },
  {
    name: '$nor',
    page: queryPage('nor'),
    rows: [
      {
        filter: { $nor: [{ a: 1 }, { b: 2 }] },
        yes: [{}, { a: 2 }, { a: 2, b: 1 }],
        no: [{ a: 1 }, { b: 2 }, { a: 1, b: 2 }],
      },
      { filter: { $nor: [{ a: { $exists: true } }] }, yes: [{}], no: as(null) },
      { filter: { $nor: [] }, error: 2 },
      { filter: { $nor: {} }, error: 2 },
    ],
  },
  {
    name: '$not',
    page: queryPage('not'),
    rows: [
      {
        filter: { a: { $not: { $gt: 5 } } },
        yes: [{}, ...as(5, 'x', null, [1])],
        no: as(6, [1, 6]),
      },
      { filter: { a: { $not: re('^x') } }, yes: [{}, ...as('yx', 1)], no: as('x', ['y', 'xy']) },
      { filter: { a: { $not: { $regex: '^x' } } }, yes: as('y'), no: as('xa') },
      { filter: { a: { $not: { $in: [1, 2] } } }, yes: [{}, ...as(3)], no: as(1, [5, 2]) },
      { filter: { a: { $not: { $exists: true } } }, yes: [{}], no: as(null, 1) },
      { filter: { a: { $not: { $not: { $eq: 1 } } } }, yes: as(1), no: as(2) },
      {
        filter: { a: { $not: { $elemMatch: { b: 1 } } } },
        yes: as(1, [{ b: 2 }]),
        no: as([{ b: 1 }]),
      },
      { filter: { a: { $not: {} } }, error: 2 },
      { filter: { a: { $not: 1 } }, error: 2 },
    ],
  },
  {
    name: 'unknown operators',
    page: manual('reference/operator/query'),
    rows: [
      { filter: { $foo: 1 }, error: 2 },
      { filter: { a: { $foo: 1 } }, error: 2 },
      { filter: { a: { $gt: 1, b: 2 } }, error: 2 },
      { filter: { $where: 5 }, error: 2 },
      { filter: { $text: { $search: 'x' } }, error: 27 },
      { filter: { a: { $near: [0, 0] } }, error: 291 },
      { filter: { a: { $geoWithin: {} } }, error: 238 },
      { filter: { a: { b: 1, $gt: 1 } }, yes: as({ b: 1, $gt: 1 }), no: as(2) },
    ],
  },
];

export const element: Table<MatchRow>[] = [
  {
    name: '$exists',
    page: queryPage('exists'),
    rows: [
      { filter: { a: { $exists: true } }, yes: as(1, null, [], {}, ''), no: [{}, { b: 1 }] },
      { filter: { a: { $exists: false } }, yes: [{}, { b: 1 }], no: as(null, 0) },
      { filter: { a: { $exists: 1 } }, yes: as(null), no: [{}] },
      { filter: { a: { $exists: 0 } }, yes: [{}], no: as(null) },
      {
        filter: { 'a.b': { $exists: true } },
        yes: as({ b: null }, [{ b: 1 }], [{}, { b: 1 }]),
        no: [{}, ...as({}, [], [1], 5)],
      },
      {
        filter: { 'a.b': { $exists: false } },
        yes: [{}, ...as({}, [], [{ c: 1 }], 5)],
        no: as({ b: null }, [{ b: 1 }, {}]),
      },
      { filter: { 'a.0': { $exists: true } }, yes: as([1], [null]), no: as([], 1) },
      { filter: { a: { $exists: true, $nin: [5, 15] } }, yes: as(1, null), no: [{}, ...as(5)] },
    ],
  },
  {
    name: '$type',
    page: queryPage('type'),
    rows: [
      ...typeRows,
      { filter: { a: { $type: 'array' } }, yes: as([], [1], [[1]]), no: as(1, 'x') },
      { filter: { a: { $type: 4 } }, yes: as([]), no: as(1) },
      {
        filter: { a: { $type: 'number' } },
        yes: as(1, 1.5, L(1), Dec('1'), [2]),
        no: as('1', null, true),
      },
      {
        filter: { a: { $type: ['string', 'null'] } },
        yes: as('x', null, ['x']),
        no: [{}, ...as(1, true)],
      },
      { filter: { a: { $type: ['number', 8] } }, yes: as(1, true), no: as('x') },
      {
        filter: { a: { $type: 'double' } },
        yes: as(D(1), NaN, Infinity, 1e300),
        no: as(1, 2147483647),
      },
      { filter: { a: { $type: 'foo' } }, error: 2 },
      { filter: { a: { $type: 99 } }, error: 2 },
      { filter: { a: { $type: 0 } }, error: 2 },
      { filter: { a: { $type: [] } }, error: 9 },
      { filter: { a: { $type: true } }, error: 14 },
    ],
  },
];

export const arrays: Table<MatchRow>[] = [
  {
    name: '$all',
    page: queryPage('all'),
    rows: [
      {
        filter: { a: { $all: [1, 2] } },
        yes: as([1, 2], [2, 1, 3], [1, 2, 2]),
        no: [{}, ...as([1], [], 1, [[1, 2]])],
      },
      { filter: { a: { $all: [1] } }, yes: as(1, [1], [2, 1]), no: as(2, [[1]]) },
      { filter: { a: { $all: [] } }, no: [{}, ...as([], 1, null)] },
      { filter: { a: { $all: [[1, 2]] } }, yes: as([1, 2], [[1, 2]]), no: as([2, 1], [1]) },
      { filter: { a: { $all: [null] } }, yes: [{}, ...as(null, [null])], no: as([1]) },
      { filter: { a: { $all: [re('^x'), 'b'] } }, yes: as(['xa', 'b']), no: as(['xa'], ['b']) },
      {
        filter: { a: { $all: [{ $elemMatch: { b: 1, c: 1 } }, { $elemMatch: { b: 2 } }] } },
        yes: as([{ b: 1, c: 1 }, { b: 2 }]),
        no: as([{ b: 1 }, { c: 1 }, { b: 2 }], [{ b: 1, c: 1 }]),
      },
      { filter: { a: { $all: 1 } }, error: 2 },
      { filter: { a: { $all: [{ $gt: 1 }] } }, error: 2 },
    ],
  },
  {
    name: '$elemMatch',
    page: queryPage('elemMatch'),
    rows: [
      {
        filter: { a: { $elemMatch: { $gte: 80, $lt: 85 } } },
        yes: as([82, 85, 88], [75, 80]),
        no: [{}, ...as([75, 88, 89], 82, [], [[82]])],
      },
      {
        filter: { a: { $elemMatch: { b: 'x', c: { $gte: 8 } } } },
        yes: as([{ b: 'x', c: 8 }], [{ b: 'y' }, { b: 'x', c: 9 }]),
        no: as(
          [
            { b: 'x', c: 7 },
            { b: 'y', c: 9 },
          ],
          { b: 'x', c: 8 },
          [],
        ),
      },
      {
        filter: { a: { $elemMatch: { b: 1 } } },
        yes: as([{ b: 1 }], [{ b: [1] }]),
        no: as([{ b: 2 }], [1]),
      },
      { filter: { a: { $elemMatch: { $in: [1, 2] } } }, yes: as([2], [5, 1]), no: as([3], 1) },
      {
        filter: { a: { $elemMatch: { $not: { $gte: 5 } } } },
        yes: as([1], [9, 1], ['x']),
        no: as([5], []),
      },
      {
        filter: { a: { $elemMatch: { $or: [{ b: 1 }, { c: 1 }] } } },
        yes: as([{ c: 1 }]),
        no: as([{ d: 1 }]),
      },
      {
        filter: { 'a.b': { $elemMatch: { $eq: 1 } } },
        yes: as({ b: [1] }, [{ b: [2, 1] }]),
        no: as({ b: 1 }),
      },
      {
        filter: { a: { $elemMatch: { b: { $elemMatch: { c: 1 } } } } },
        yes: as([{ b: [{ c: 1 }] }]),
        no: as([{ b: { c: 1 } }]),
      },
      { filter: { a: { $elemMatch: { $ne: 1 } } }, yes: as([2], [1, 2]), no: as([1], []) },
      { filter: { a: { $elemMatch: { $exists: true } } }, yes: as([null], [1]), no: as([]) },
      {
        filter: { a: { $elemMatch: { 0: 1 } } },
        yes: as([[1, 2]], [{ 0: 1 }]),
        no: as([[2, 1]], [1]),
      },
      { filter: { a: { $elemMatch: 1 } }, error: 2 },
    ],
  },
  {
    name: '$size',
    page: queryPage('size'),
    rows: [
      {
        filter: { a: { $size: 2 } },
        yes: as([1, 2], [[], []]),
        no: [{}, ...as([1], [1, 2, 3], 'ab', 2, { length: 2 })],
      },
      { filter: { a: { $size: 0 } }, yes: as([]), no: [{}, ...as(null, [1], [[]])] },
      { filter: { a: { $size: L(1) } }, yes: as([1]), no: as([]) },
      { filter: { a: { $size: D(1) } }, yes: as([1]), no: as([]) },
      { filter: { 'a.b': { $size: 1 } }, yes: as({ b: [1] }, [{ b: [1] }]), no: as({ b: [] }) },
      { filter: { a: { $size: 1.5 } }, error: 2 },
      { filter: { a: { $size: -1 } }, error: 2 },
      { filter: { a: { $size: 'x' } }, error: 2 },
    ],
  },
];

export const evaluation: Table<MatchRow>[] = [
  {
    name: '$mod',
    page: queryPage('mod'),
    rows: [
      {
        filter: { a: { $mod: [4, 0] } },
        yes: as(0, 4, 12, L(8), D(16), Dec('4'), [1, 8]),
        no: [{}, ...as(1, 5, 'x', null, NaN, Infinity)],
      },
      { filter: { a: { $mod: [4, 3] } }, yes: as(3, 7, 7.9), no: as(-1, 4) },
      { filter: { a: { $mod: [4, -1] } }, yes: as(-1, -5), no: as(3) },
      { filter: { a: { $mod: [4.9, 1.5] } }, yes: as(1, 5), no: as(2) },
      { filter: { a: { $mod: [0, 0] } }, error: 2 },
      { filter: { a: { $mod: [4] } }, error: 2 },
      { filter: { a: { $mod: [] } }, error: 2 },
      { filter: { a: { $mod: [4, 0, 1] } }, error: 2 },
      { filter: { a: { $mod: 4 } }, error: 2 },
      { filter: { a: { $mod: ['x', 0] } }, error: 2 },
      { filter: { a: { $mod: [NaN, 0] } }, error: 2 },
    ],
  },
  {
    name: '$regex',
    page: queryPage('regex'),
    rows: [
      {
        filter: { a: re('^ab') },
        yes: as('ab', 'abc', ['x', 'ab']),
        no: [{}, ...as('Ab', 'cab', 1, null)],
      },
      { filter: { a: re('^ab', 'i') }, yes: as('AB', 'aBc'), no: as('cab') },
      { filter: { a: { $regex: 'b' } }, yes: as('abc', 'b'), no: as('ac', 5) },
      { filter: { a: { $regex: 'B', $options: 'i' } }, yes: as('abc'), no: as('ac') },
      { filter: { a: { $regex: re('b', 'i') } }, yes: as('B'), no: as('c') },
      { filter: { a: { $regex: '^S', $options: 'm' } }, yes: as('x\nSx', 'S'), no: as('xS') },
      {
        filter: { a: { $regex: 'm.*line', $options: 's' } },
        yes: as('many\nline'),
        no: as('line m'),
      },
      { filter: { a: { $regex: 'm.*line' } }, yes: as('m line'), no: as('many\nline') },
      { filter: { a: { $regex: 'a b # note', $options: 'x' } }, yes: as('ab'), no: as('a b') },
      // PCRE's $ also matches before a newline at the end; its dot matches all but a newline.
      { filter: { a: { $regex: 'x$' } }, yes: as('x', 'ax', 'x\n'), no: as('x\ny', 'xa', 'x\n\n') },
      { filter: { a: { $regex: 'a.b' } }, yes: as('a\rb', 'a b'), no: as('a\nb', 'ab') },
      { filter: { a: { $regex: '^a.b$', $options: 's' } }, yes: as('a\nb'), no: as('ab') },
      { filter: { a: { $regex: '\\Ax\\z' } }, yes: as('x'), no: as('x\n', 'ax') },
      {
        filter: { a: { $regex: '^x\\Z', $options: 'm' } },
        yes: as('x', 'x\n', 'a\nx'),
        no: as('x\na'),
      },
      { filter: { a: { $regex: '[.$]\\.\\$' } }, yes: as('..$', '$.$'), no: as('a.$', '.a$') },
      { filter: { a: { $regex: '[[:digit:]]+x' } }, yes: as('12x'), no: as('x') },
      { filter: { a: { $regex: 'a\\ b [ ]c', $options: 'x' } }, yes: as('a b c'), no: as('abc') },
      { filter: { a: { $regex: '#a$' } }, yes: as('#a', '#a\n'), no: as('#ab') },
      { filter: { a: { $regex: '^[[:upper:]_]+$' } }, yes: as('A_B'), no: as('a_b') },
      { filter: { a: { $regex: '(?P<n>a)\\k<n>' } }, yes: as('aa'), no: as('a') },
      { filter: { a: { $regex: '(?i)ab' } }, yes: as('AB'), no: as('x') },
      { filter: { a: { $regex: 'é' } }, yes: as('café'), no: as('cafe') },
      { filter: { a: { $regex: '^.$' } }, yes: as('x', '😀'), no: as('xy') },
      { filter: { a: { $regex: 'x', $in: ['xa', 'ya'] } }, yes: as('xa'), no: as('ya', 'xb') },
      { filter: { a: { $regex: '[' } }, error: 51091 },
      { filter: { a: { $regex: 1 } }, error: 2 },
      { filter: { a: { $regex: 'x', $options: 'z' } }, error: 51108 },
      { filter: { a: { $options: 'i' } }, error: 2 },
      { filter: { a: { $regex: re('x', 'i'), $options: 'm' } }, error: 51075 },
      { filter: { a: { $regex: 'x', $options: 1 } }, error: 2 },
    ],
  },
  {
    name: '$expr',
    page: queryPage('expr'),
    rows: [
      {
        filter: { $expr: { $gt: ['$spent', '$budget'] } },
        yes: [{ spent: 5, budget: 3 }, { spent: 1 }],
        no: [{ spent: 3, budget: 5 }, {}, { budget: 1 }],
      },
      { filter: { $expr: { $eq: ['$a', 1] } }, yes: as(1, L(1)), no: as([1], 2) },
      { filter: { $expr: true }, yes: [{}] },
      { filter: { $expr: 0 }, no: [{}] },
      { filter: { $expr: '$a' }, yes: as(1, 'x', [], {}), no: [{}, ...as(0, false, null)] },
      { filter: { $expr: { $foo: 1 } }, error: 168 },
    ],
  },
  {
    name: '$comment',
    page: queryPage('comment'),
    rows: [
      { filter: { a: 1, $comment: 'why' }, yes: as(1), no: as(2) },
      { filter: { a: { $gt: 1, $comment: 'why' } }, yes: as(2), no: as(1) },
    ],
  },
  {
    name: '$alwaysTrue and $alwaysFalse',
    page: manual('reference/operator/query'),
    rows: [
      { filter: { $alwaysTrue: 1 }, yes: [{}] },
      { filter: { $alwaysFalse: 1 }, no: [{}] },
      { filter: { $sampleRate: 1 }, yes: [{}] },
      { filter: { $sampleRate: 2 }, error: 2 },
    ],
  },
];

export const bitwise: Table<MatchRow>[] = [
  {
    name: '$bitsAllSet',
    page: queryPage('bitsAllSet'),
    rows: [
      {
        filter: { a: { $bitsAllSet: [1, 5] } },
        yes: as(54, L(54), D(54), bin('36'), [1, 54]),
        no: [{}, ...as(20, 0, 20.5, 'x', bin('66').buffer.length === 1 ? bin('14') : null)],
      },
      { filter: { a: { $bitsAllSet: 50 } }, yes: as(54, 50), no: as(20) },
      { filter: { a: { $bitsAllSet: bin('30') } }, yes: as(54), no: as(20) },
      { filter: { a: { $bitsAllSet: [63] } }, yes: as(-1, L('-9223372036854775808')), no: as(1) },
      { filter: { a: { $bitsAllSet: [200] } }, yes: as(-1), no: as(1) },
      { filter: { a: { $bitsAllSet: 0 } }, yes: as(0, 5), no: as('x') },
      { filter: { a: { $bitsAllSet: -1 } }, error: 9 },
      { filter: { a: { $bitsAllSet: 1.5 } }, error: 9 },
      { filter: { a: { $bitsAllSet: 'x' } }, error: 2 },
      { filter: { a: { $bitsAllSet: [-1] } }, error: 2 },
      { filter: { a: { $bitsAllSet: [0.5] } }, error: 2 },
    ],
  },
  {
    name: '$bitsAllClear',
    page: queryPage('bitsAllClear'),
    rows: [
      {
        filter: { a: { $bitsAllClear: [1, 5] } },
        yes: as(20, 20, bin('14')),
        no: [{}, ...as(54, 2, 34)],
      },
      { filter: { a: { $bitsAllClear: 35 } }, yes: as(20), no: as(54, 1) },
      { filter: { a: { $bitsAllClear: bin('20') } }, yes: as(20), no: as(54) },
    ],
  },
  {
    name: '$bitsAnySet',
    page: queryPage('bitsAnySet'),
    rows: [
      { filter: { a: { $bitsAnySet: [1, 5] } }, yes: as(54, 2, 32), no: [{}, ...as(20, 0)] },
      { filter: { a: { $bitsAnySet: 35 } }, yes: as(54, 1), no: as(20) },
      { filter: { a: { $bitsAnySet: bin('30') } }, yes: as(54, 20, 16), no: as(1) },
    ],
  },
  {
    name: '$bitsAnyClear',
    page: queryPage('bitsAnyClear'),
    rows: [
      { filter: { a: { $bitsAnyClear: [1, 5] } }, yes: as(20, 2, 0), no: [{}, ...as(54, 34)] },
      { filter: { a: { $bitsAnyClear: 35 } }, yes: as(54, 20), no: as(35) },
      { filter: { a: { $bitsAnyClear: bin('30') } }, yes: as(20), no: as(54) },
    ],
  },
];

export const collated: Table<MatchRow>[] = [
  {
    name: 'collation',
    page: manual('reference/collation'),
    rows: [
      {
        filter: { a: 'cafe' },
        collation: { locale: 'en', strength: 1 },
        yes: as('cafe', 'Café', 'CAFÉ', ['x', 'Cafe']),
        no: as('cage', 1),
      },
      {
        filter: { a: 'cafe' },
        collation: { locale: 'en', strength: 2 },
        yes: as('cafe', 'CAFE', 'Cafe'),
        no: as('café'),
      },
      {
        filter: { a: 'cafe' },
        collation: { locale: 'en', strength: 3 },
        yes: as('cafe'),
        no: as('Cafe', 'café'),
      },
      { filter: { a: 'cafe' }, collation: { locale: 'simple' }, yes: as('cafe'), no: as('Cafe') },
      {
        filter: { a: { $in: ['x', 'Cafe'] } },
        collation: { locale: 'en', strength: 2 },
        yes: as('CAFE', 'X'),
        no: as('café'),
      },
      {
        filter: { a: { $ne: 'x' } },
        collation: { locale: 'en', strength: 2 },
        yes: as('y'),
        no: as('X'),
      },
      {
        filter: { a: { b: 'x' } },
        collation: { locale: 'en', strength: 2 },
        yes: as({ b: 'X' }),
        no: as({ b: 'y' }),
      },
      {
        filter: { a: { $gt: 'b' } },
        collation: { locale: 'en', strength: 2 },
        yes: as('c', 'C'),
        no: as('B', 'a', 'A'),
      },
      {
        filter: { a: '10' },
        collation: { locale: 'en', numericOrdering: true, strength: 1 },
        yes: as('10', '010'),
        no: as('1'),
      },
      {
        filter: { a: re('^x') },
        collation: { locale: 'en', strength: 1 },
        yes: as('xa'),
        no: as('Xa'),
      },
      {
        filter: { a: 'strasse' },
        collation: { locale: 'de', strength: 1 },
        yes: as('Straße', 'STRASSE'),
        no: as('strase'),
      },
      {
        filter: { a: 'a' },
        collation: { locale: 'sv', strength: 1 },
        yes: as('A', 'á'),
        no: as('å', 'ä'),
      },
    ],
  },
];
