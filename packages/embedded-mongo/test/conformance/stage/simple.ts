import type { Doc } from '../../../src/values/index.ts';
import type { StageRow, Table } from '../run.ts';
import { aggregationPage, D, date, Dec, fails, L, manual, MAX, MIN } from '../values.ts';

const table = (name: string, page: string, rows: StageRow[]): Table<StageRow> => ({
  name,
  page: aggregationPage(page),
  rows,
});
const ids = (...list: number[]): Doc[] => list.map((_id) => ({ _id }));

const SALES: Doc[] = [
  { _id: 1, item: 'abc', price: 10, quantity: 2, date: date('2014-03-01T08:00:00Z') },
  { _id: 2, item: 'jkl', price: 20, quantity: 1, date: date('2014-03-01T09:00:00Z') },
  { _id: 3, item: 'xyz', price: 5, quantity: 10, date: date('2014-03-15T09:00:00Z') },
  { _id: 4, item: 'xyz', price: 5, quantity: 20, date: date('2014-04-04T11:21:39.736Z') },
  { _id: 5, item: 'abc', price: 10, quantity: 10, date: date('2014-04-04T21:23:13.331Z') },
];

const group = (fields: Doc, input: Doc[], expected: Doc): StageRow => [
  [{ $group: { _id: null, ...fields } }],
  input,
  [{ _id: null, ...expected }],
];
const xs = (...list: Doc['x'][]): Doc[] => list.map((x) => ({ x }));

export const simpleStages: Table<StageRow>[] = [
  table('$match', 'match', [
    [[{ $match: { a: { $gt: 1 } } }], [{ a: 1 }, { a: 2 }], [{ a: 2 }]],
    [[{ $match: {} }], ids(1), ids(1)],
    [
      [{ $match: { $expr: { $eq: ['$a', '$b'] } } }],
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
      [{ a: 1, b: 1 }],
    ],
    [[{ $match: 5 }], [], fails(15959)],
    [[{ $match: { $foo: 1 } }], [], fails(2)],
    [[{ $match: { $where: '1' } }], [], fails(16395)],
  ]),
  table('$limit', 'limit', [
    [[{ $limit: 2 }], ids(1, 2, 3), ids(1, 2)],
    [[{ $limit: 5 }], ids(1), ids(1)],
    [[{ $limit: L(1) }], ids(1, 2), ids(1)],
    [[{ $limit: 0 }], [], fails(15958)],
    [[{ $limit: -1 }], [], fails(5107201)],
    [[{ $limit: 'x' }], [], fails(5107201)],
    [[{ $limit: 1.5 }], [], fails(5107201)],
  ]),
  table('$skip', 'skip', [
    [[{ $skip: 2 }], ids(1, 2, 3), ids(3)],
    [[{ $skip: 0 }], ids(1), ids(1)],
    [[{ $skip: 9 }], ids(1), []],
    [[{ $skip: 1 }, { $limit: 1 }], ids(1, 2, 3), ids(2)],
    [[{ $skip: -1 }], [], fails(5107200)],
  ]),
  table('$sort', 'sort', [
    [[{ $sort: { _id: 1 } }], ids(3, 1, 2), ids(1, 2, 3)],
    [[{ $sort: { _id: -1 } }], ids(3, 1, 2), ids(3, 2, 1)],
    [
      [{ $sort: { a: 1, _id: -1 } }],
      [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
        { _id: 3, a: 0 },
      ],
      [
        { _id: 3, a: 0 },
        { _id: 2, a: 1 },
        { _id: 1, a: 1 },
      ],
    ],
    [
      [{ $sort: { x: 1 } }],
      xs(MAX, 'a', 5, null, { a: 1 }, [], true, MIN),
      xs(MIN, [], null, 5, 'a', { a: 1 }, true, MAX),
    ],
    [[{ $sort: { x: 1 } }], [{ x: 1 }, {}, { x: null }], [{}, { x: null }, { x: 1 }]],
    [[{ $sort: { x: 1 } }], xs([5, 1], 3), xs([5, 1], 3)],
    [[{ $sort: { x: -1 } }], xs([4, 1], 3, [2, 9]), xs([2, 9], [4, 1], 3)],
    [
      [{ $sort: { 'x.y': 1 } }],
      xs({ y: 2 }, [{ y: 3 }, { y: 1 }], { y: 5 }),
      xs([{ y: 3 }, { y: 1 }], { y: 2 }, { y: 5 }),
    ],
    [[{ $sort: { _id: 1 } }, { $limit: 2 }], ids(3, 1, 2), ids(1, 2)],
    [
      [{ $sort: { x: 1 } }],
      xs(L('9007199254740993'), 9007199254740992),
      xs(9007199254740992, L('9007199254740993')),
    ],
    [[{ $sort: {} }], [], fails(15976)],
    [[{ $sort: 5 }], [], fails(15973)],
    [[{ $sort: { a: 2 } }], [], fails(15975)],
    [[{ $sort: { a: 'x' } }], [], fails(15974)],
  ]),
  table('$count', 'count', [
    [[{ $count: 'n' }], ids(1, 2), [{ n: 2 }]],
    [[{ $count: 'n' }], [], []],
    [[{ $count: '' }], [], fails(40157)],
    [[{ $count: 5 }], [], fails(40156)],
    [[{ $count: '$n' }], [], fails(40158)],
    [[{ $count: 'a.b' }], [], fails(40160)],
  ]),
  table('$group', 'group', [
    [[{ $group: { _id: '$item' } }], SALES, [{ _id: 'abc' }, { _id: 'jkl' }, { _id: 'xyz' }]],
    [
      [{ $group: { _id: '$item', total: { $sum: { $multiply: ['$price', '$quantity'] } } } }],
      SALES,
      [
        { _id: 'abc', total: 120 },
        { _id: 'jkl', total: 20 },
        { _id: 'xyz', total: 150 },
      ],
    ],
    [
      [{ $group: { _id: { $month: '$date' }, n: { $sum: 1 } } }],
      SALES,
      [
        { _id: 3, n: 3 },
        { _id: 4, n: 2 },
      ],
    ],
    [
      [
        {
          $group: {
            _id: { $dateToString: { format: '%Y-%m-%d', date: '$date' } },
            avg: { $avg: '$quantity' },
            n: { $sum: 1 },
          },
        },
      ],
      SALES,
      [
        { _id: '2014-03-01', avg: 1.5, n: 2 },
        { _id: '2014-03-15', avg: D(10), n: 1 },
        { _id: '2014-04-04', avg: D(15), n: 2 },
      ],
    ],
    [[{ $group: { _id: null, n: { $sum: 1 } } }], SALES, [{ _id: null, n: 5 }]],
    [[{ $group: { _id: null, n: { $sum: 1 } } }], [], []],
    [
      [{ $group: { _id: '$x', n: { $sum: 1 } } }],
      [{ x: null }, {}, { x: 1 }],
      [
        { _id: null, n: 2 },
        { _id: 1, n: 1 },
      ],
    ],
    [
      [{ $group: { _id: '$x', n: { $sum: 1 } } }],
      xs(1, D(1), L(1), Dec('1'), '1'),
      [
        { _id: 1, n: 4 },
        { _id: '1', n: 1 },
      ],
    ],
    [
      [{ $group: { _id: { a: '$a', b: '$b' }, n: { $sum: 1 } } }],
      [{ a: 1, b: 1 }, { a: 1, b: 1 }, { a: 1 }],
      [
        { _id: { a: 1, b: 1 }, n: 2 },
        { _id: { a: 1 }, n: 1 },
      ],
    ],
    [
      [{ $group: { _id: '$x', n: { $sum: 1 } } }],
      xs([1], [1], 1),
      [
        { _id: [1], n: 2 },
        { _id: 1, n: 1 },
      ],
    ],
    [
      [{ $group: { _id: '$a', items: { $push: '$$ROOT' } } }],
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
      [
        {
          _id: 1,
          items: [
            { a: 1, b: 1 },
            { a: 1, b: 2 },
          ],
        },
      ],
    ],
    [[{ $group: { n: { $sum: 1 } } }], [], fails(15955)],
    [[{ $group: 5 }], [], fails(15947)],
    [[{ $group: { _id: 1, a: 5 } }], [], fails(40234)],
    [[{ $group: { _id: 1, a: { $sum: 1, $avg: 1 } } }], [], fails(40238)],
    [[{ $group: { _id: 1, a: { $foo: 1 } } }], [], fails(15952)],
    [[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], [], fails(40235)],
    [[{ $group: { _id: 1, $a: { $sum: 1 } } }], [], fails(40236)],
    [[{ $group: { _id: 1, a: { $sum: [1, 2] } } }], [], fails(40237)],
  ]),
  table('accumulators', 'group', [
    group({ v: { $sum: '$x' } }, xs(1, 2, 'x', null), { v: 3 }),
    group({ v: { $sum: '$x' } }, xs('a'), { v: 0 }),
    group({ v: { $sum: '$x' } }, xs(1, 1.5), { v: 2.5 }),
    group({ v: { $sum: '$x' } }, xs(1, L(2)), { v: L(3) }),
    group({ v: { $sum: '$x' } }, xs(Dec('0.1'), Dec('0.2')), { v: Dec('0.3') }),
    group({ v: { $sum: '$x' } }, xs(2147483647, 1), { v: L('2147483648') }),
    group({ v: { $sum: '$x' } }, xs(D(1), 1), { v: D(2) }),
    group({ v: { $sum: '$x' } }, xs([1, 2], 3), { v: 3 }),
    group({ v: { $avg: '$x' } }, xs(1, 2, 'x'), { v: 1.5 }),
    group({ v: { $avg: '$x' } }, xs('a'), { v: null }),
    group({ v: { $avg: '$x' } }, xs(Dec('1'), Dec('2')), { v: Dec('1.5') }),
    group({ v: { $min: '$x' } }, xs(3, null, 1), { v: 1 }),
    group({ v: { $min: '$x' } }, xs(null), { v: null }),
    group({ v: { $min: '$x' } }, xs('a', 5, true), { v: 5 }),
    group({ v: { $max: '$x' } }, xs(3, null, 1), { v: 3 }),
    group({ v: { $max: '$x' } }, xs('a', 5), { v: 'a' }),
    group({ v: { $first: '$x' } }, xs(3, 1), { v: 3 }),
    group({ v: { $first: '$x' } }, [{}, { x: 1 }], { v: null }),
    group({ v: { $last: '$x' } }, xs(3, 1), { v: 1 }),
    group({ v: { $last: '$x' } }, [{ x: 1 }, {}], { v: null }),
    group({ v: { $push: '$x' } }, [{ x: 1 }, {}, { x: null }], { v: [1, null] }),
    group({ v: { $addToSet: '$x' } }, xs(1, D(1), 2, 1), { v: [1, 2] }),
    group({ v: { $count: {} } }, xs(1, 2, 3), { v: 3 }),
    group({ v: { $mergeObjects: '$x' } }, xs({ a: 1 }, null, { a: 2, b: 3 }), {
      v: { a: 2, b: 3 },
    }),
    group({ v: { $stdDevPop: '$x' } }, xs(2, 4, 4, 4, 5, 5, 7, 9), { v: D(2) }),
    group({ v: { $stdDevSamp: '$x' } }, xs(1, 2, 3), { v: D(1) }),
    group({ v: { $stdDevSamp: '$x' } }, xs(1), { v: null }),
    group({ v: { $firstN: { n: 2, input: '$x' } } }, [{ x: 1 }, {}, { x: 3 }], { v: [1, null] }),
    group({ v: { $lastN: { n: 2, input: '$x' } } }, xs(1, 2, 3), { v: [2, 3] }),
    group({ v: { $minN: { n: 2, input: '$x' } } }, xs(3, null, 1, 2), { v: [1, 2] }),
    group({ v: { $maxN: { n: 2, input: '$x' } } }, xs(3, null, 1, 2), { v: [3, 2] }),
    group({ v: { $top: { sortBy: { x: -1 }, output: '$x' } } }, xs(1, 3, 2), { v: 3 }),
    group({ v: { $topN: { n: 2, sortBy: { x: 1 }, output: ['$x'] } } }, xs(1, 3, 2), {
      v: [[1], [2]],
    }),
    group({ v: { $bottom: { sortBy: { x: 1 }, output: '$x' } } }, xs(1, 3, 2), { v: 3 }),
    group({ v: { $bottomN: { n: 2, sortBy: { x: 1 }, output: '$x' } } }, xs(1, 3, 2), {
      v: [2, 3],
    }),
    group({ v: { $median: { input: '$x', method: 'approximate' } } }, xs(1, 9, 5), { v: D(5) }),
    group({ v: { $percentile: { input: '$x', p: [0.5], method: 'approximate' } } }, xs(1, 9, 5), {
      v: [D(5)],
    }),
    [[{ $group: { _id: null, v: { $firstN: { n: 0, input: '$x' } } } }], [], fails(5787908)],
    [[{ $group: { _id: null, v: { $count: 1 } } }], [], fails(14)],
    [[{ $group: { _id: null, v: { $accumulator: {} } } }], [], fails(31264)],
    [[{ $group: { _id: null, v: { $mergeObjects: '$x' } } }], xs(5), fails(40400)],
  ]),
  table('$sortByCount', 'sortByCount', [
    [
      [{ $unwind: '$t' }, { $sortByCount: '$t' }],
      [{ t: ['a', 'b'] }, { t: ['b'] }],
      [
        { _id: 'b', count: 2 },
        { _id: 'a', count: 1 },
      ],
    ],
    [
      [{ $sortByCount: { $mod: ['$x', 2] } }],
      xs(1, 2, 3),
      [
        { _id: 1, count: 2 },
        { _id: 0, count: 1 },
      ],
    ],
    [[{ $sortByCount: 'a' }], [], fails(40148)],
    [[{ $sortByCount: 5 }], [], fails(40149)],
  ]),
  table('$unwind', 'unwind', [
    [
      [{ $unwind: '$s' }],
      [{ _id: 1, s: ['S', 'M'] }],
      [
        { _id: 1, s: 'S' },
        { _id: 1, s: 'M' },
      ],
    ],
    [
      [{ $unwind: '$s' }],
      [{ _id: 1, s: 'S' }, { _id: 2, s: [] }, { _id: 3 }, { _id: 4, s: null }],
      [{ _id: 1, s: 'S' }],
    ],
    [
      [{ $unwind: { path: '$s', preserveNullAndEmptyArrays: true } }],
      [{ _id: 1, s: ['S'] }, { _id: 2, s: [] }, { _id: 3 }, { _id: 4, s: null }],
      [{ _id: 1, s: 'S' }, { _id: 2 }, { _id: 3 }, { _id: 4, s: null }],
    ],
    [
      [{ $unwind: { path: '$s', includeArrayIndex: 'i' } }],
      [
        { _id: 1, s: ['S', 'M'] },
        { _id: 2, s: 'L' },
      ],
      [
        { _id: 1, s: 'S', i: L(0) },
        { _id: 1, s: 'M', i: L(1) },
        { _id: 2, s: 'L', i: null },
      ],
    ],
    [
      [{ $unwind: { path: '$s', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }],
      [{ _id: 1 }],
      [{ _id: 1, i: null }],
    ],
    [
      [{ $unwind: '$a.b' }],
      [{ _id: 1, a: { b: [1, 2], c: 3 } }],
      [
        { _id: 1, a: { b: 1, c: 3 } },
        { _id: 1, a: { b: 2, c: 3 } },
      ],
    ],
    [
      [{ $unwind: '$s' }],
      [{ _id: 1, s: [[1], null] }],
      [
        { _id: 1, s: [1] },
        { _id: 1, s: null },
      ],
    ],
    [[{ $unwind: 's' }], [], fails(28818)],
    [[{ $unwind: {} }], [], fails(28812)],
    [[{ $unwind: { path: 5 } }], [], fails(28808)],
    [[{ $unwind: { path: '$s', x: 1 } }], [], fails(28811)],
    [[{ $unwind: { path: '$s', includeArrayIndex: '$i' } }], [], fails(28822)],
    [[{ $unwind: { path: '$s', includeArrayIndex: '' } }], [], fails(28810)],
    [[{ $unwind: { path: '$s', preserveNullAndEmptyArrays: 1 } }], [], fails(28809)],
    [[{ $unwind: 5 }], [], fails(15981)],
  ]),
  table('$replaceRoot and $replaceWith', 'replaceRoot', [
    [[{ $replaceRoot: { newRoot: '$in' } }], [{ _id: 1, in: { a: 1 } }], [{ a: 1 }]],
    [
      [{ $replaceRoot: { newRoot: { full: { $concat: ['$f', ' ', '$l'] } } } }],
      [{ f: 'G', l: 'D' }],
      [{ full: 'G D' }],
    ],
    [
      [{ $replaceWith: { $mergeObjects: [{ _id: '$_id', x: 0 }, '$c'] } }],
      [{ _id: 1, c: { x: 5 } }, { _id: 2 }],
      [
        { _id: 1, x: 5 },
        { _id: 2, x: 0 },
      ],
    ],
    [[{ $replaceRoot: { newRoot: '$missing' } }], [{ _id: 1 }], fails(40228)],
    [[{ $replaceWith: '$a' }], [{ a: 5 }], fails(40228)],
    [[{ $replaceRoot: { newRoot: '$a', x: 1 } }], [], fails(40415)],
    [[{ $replaceRoot: {} }], [], fails(40414)],
    [[{ $replaceRoot: 5 }], [], fails(40229)],
  ]),
  table('$redact', 'redact', [
    [
      [
        {
          $redact: {
            $cond: {
              if: { $gt: [{ $size: { $setIntersection: ['$tags', ['S']] } }, 0] },
              then: '$$DESCEND',
              else: '$$PRUNE',
            },
          },
        },
      ],
      [
        {
          _id: 1,
          tags: ['S', 'G'],
          sub: [
            { t: 1, tags: ['S'] },
            { t: 2, tags: ['X'] },
          ],
          in: { tags: ['X'] },
        },
      ],
      [{ _id: 1, tags: ['S', 'G'], sub: [{ t: 1, tags: ['S'] }] }],
    ],
    [
      [{ $redact: { $cond: { if: { $eq: ['$level', 5] }, then: '$$PRUNE', else: '$$DESCEND' } } }],
      [{ _id: 1, level: 1, cc: { level: 5, x: 1 }, bill: [{ level: 5 }, { level: 3 }] }],
      [{ _id: 1, level: 1, bill: [{ level: 3 }] }],
    ],
    [[{ $redact: '$$KEEP' }], [{ _id: 1, a: { b: 1 } }], [{ _id: 1, a: { b: 1 } }]],
    [[{ $redact: '$$PRUNE' }], [{ _id: 1 }], []],
    [[{ $redact: 'x' }], [{ _id: 1 }], fails(17053)],
  ]),
  table('$documents', 'documents', [
    [[{ $documents: [{ a: 1 }, { a: 2 }] }], [], [{ a: 1 }, { a: 2 }]],
    [[{ $documents: 5 }], [], fails(5858203)],
  ]),
  table('$sample', 'sample', [
    [[{ $sample: { size: 5 } }, { $count: 'n' }], ids(1, 2, 3), [{ n: 3 }]],
    [[{ $sample: { size: 2 } }, { $count: 'n' }], ids(1, 2, 3), [{ n: 2 }]],
    [[{ $sample: { size: 0 } }], [], fails(28747)],
    [[{ $sample: { size: 'x' } }], [], fails(28746)],
    [[{ $sample: {} }], [], fails(28749)],
    [[{ $sample: { size: 1, x: 1 } }], [], fails(28748)],
    [[{ $sample: 5 }], [], fails(28745)],
  ]),
  {
    name: 'pipelines',
    page: manual('reference/operator/aggregation-pipeline'),
    rows: [
      [[], ids(1, 2), ids(1, 2)],
      [[{ $foo: 1 }], [], fails(40324)],
      [[{ $match: {}, $limit: 1 }], [], fails(40323)],
      [[{}], [], fails(40323)],
      [[5 as never], [], fails(14)],
      [[{ $geoNear: {} }], [], fails(238)],
      [[{ $search: {} }], [], fails(238)],
      [[{ $out: 'x' }, { $limit: 1 }], [], fails(40601)],
      [[{ $merge: 'x' }, { $limit: 1 }], [], fails(40601)],
      [[{ $limit: 1 }, { $documents: [] }], [], fails(40602)],
      [[{ $limit: 1 }, { $changeStream: {} }], [], fails(40602)],
    ],
  },
];
