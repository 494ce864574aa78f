import type { Doc } from '../../../src/values/index.ts';
import type { StageRow, Table } from '../run.ts';
import { aggregationPage, D, date, fails, L } from '../values.ts';

const table = (name: string, page: string, rows: StageRow[]): Table<StageRow> => ({
  name,
  page: aggregationPage(page),
  rows,
});

const INVENTORY = {
  inv: [
    { _id: 1, sku: 'almonds', n: 120 },
    { _id: 2, sku: 'bread', n: 80 },
    { _id: 5, sku: null },
    { _id: 6 },
  ],
};
const CLASS = {
  members: [
    { _id: 1, name: 'a' },
    { _id: 2, name: 'b' },
    { _id: 3, names: ['c', 'd'] },
  ],
};
const STOCK = {
  stock: [
    { _id: 1, item: 'x', at: 'A', n: 10 },
    { _id: 2, item: 'x', at: 'B', n: 60 },
    { _id: 3, item: 'y', at: 'A', n: 5 },
  ],
};
const PEOPLE: Record<string, Doc[]> = {
  people: [
    { _id: 1, name: 'Dev' },
    { _id: 2, name: 'Eliot', to: 'Dev' },
    { _id: 3, name: 'Ron', to: 'Eliot' },
    { _id: 4, name: 'Andrew', to: 'Eliot' },
    { _id: 5, name: 'Asya', to: 'Ron' },
  ],
};
const dev = (_id: number): Doc => PEOPLE['people']?.[_id - 1] ?? {};

const joined = (from: Doc, rest: Doc, docs: Doc[]): StageRow => [
  [{ $lookup: { from: 'inv', localField: 'item', foreignField: 'sku', as: 'docs', ...rest } }],
  [from],
  [{ ...from, docs }],
  INVENTORY,
];

const windows = (output: Doc, rest: Doc, input: Doc[], expected: Doc[]): StageRow => [
  [{ $setWindowFields: { output, ...rest } }],
  input,
  expected,
];
const xs = (...list: Doc['x'][]): Doc[] => list.map((x) => ({ x }));
const xv = (...list: [Doc['x'], Doc['v']][]): Doc[] => list.map(([x, v]) => ({ x, v }));
const BY_X = { sortBy: { x: 1 } };

export const joinStages: Table<StageRow>[] = [
  table('$lookup', 'lookup', [
    joined({ _id: 1, item: 'almonds' }, {}, [{ _id: 1, sku: 'almonds', n: 120 }]),
    joined({ _id: 1, item: 'none' }, {}, []),
    joined({ _id: 3 }, {}, [{ _id: 5, sku: null }, { _id: 6 }]),
    joined({ _id: 3, item: null }, {}, [{ _id: 5, sku: null }, { _id: 6 }]),
    joined({ _id: 1, item: ['almonds', 'bread'] }, {}, [
      { _id: 1, sku: 'almonds', n: 120 },
      { _id: 2, sku: 'bread', n: 80 },
    ]),
    joined({ _id: 1, item: [] }, {}, []),
    joined({ _id: 1, item: 'bread' }, { from: 'absent' }, []),
    joined({ _id: 1, item: 'bread' }, { pipeline: [{ $project: { _id: 0, n: 1 } }] }, [{ n: 80 }]),
    joined(
      { _id: 1, item: 'bread', min: 100 },
      { let: { min: '$min' }, pipeline: [{ $match: { $expr: { $gte: ['$n', '$$min'] } } }] },
      [],
    ),
    [
      [{ $lookup: { from: 'members', localField: 'enrolled', foreignField: 'names', as: 'm' } }],
      [{ _id: 1, enrolled: ['c'] }],
      [{ _id: 1, enrolled: ['c'], m: [{ _id: 3, names: ['c', 'd'] }] }],
      CLASS,
    ],
    [
      [
        {
          $lookup: {
            from: 'stock',
            let: { i: '$item', q: '$need' },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$item', '$$i'] }, { $gte: ['$n', '$$q'] }] } } },
              { $project: { _id: 0, at: 1 } },
            ],
            as: 's',
          },
        },
      ],
      [
        { item: 'x', need: 20 },
        { item: 'y', need: 20 },
      ],
      [
        { item: 'x', need: 20, s: [{ at: 'B' }] },
        { item: 'y', need: 20, s: [] },
      ],
      STOCK,
    ],
    [
      [
        {
          $lookup: {
            from: 'stock',
            pipeline: [{ $match: { n: { $gt: 50 } } }, { $project: { _id: 1 } }],
            as: 's',
          },
        },
      ],
      [{ a: 1 }, { a: 2 }],
      [
        { a: 1, s: [{ _id: 2 }] },
        { a: 2, s: [{ _id: 2 }] },
      ],
      STOCK,
    ],
    [
      [{ $lookup: { from: 'stock', localField: 'o.item', foreignField: 'item', as: 'o.s' } }],
      [{ o: { item: 'y' } }],
      [{ o: { item: 'y', s: [{ _id: 3, item: 'y', at: 'A', n: 5 }] } }],
      STOCK,
    ],
    [
      [
        { $lookup: { from: 'stock', localField: 'o.item', foreignField: 'item', as: 's' } },
        { $project: { n: { $size: '$s' } } },
      ],
      [{ o: [{ item: 'x' }, { item: 'y' }] }],
      [{ n: 3 }],
      STOCK,
    ],
    [
      [
        {
          $lookup: {
            from: 'stock',
            pipeline: [
              { $lookup: { from: 'members', pipeline: [{ $limit: 1 }], as: 'm' } },
              { $limit: 1 },
              { $project: { m: 1 } },
            ],
            as: 's',
          },
        },
      ],
      [{ a: 1 }],
      [{ a: 1, s: [{ _id: 1, m: [{ _id: 1, name: 'a' }] }] }],
      { ...STOCK, ...CLASS },
    ],
    [[{ $lookup: { from: 'inv', localField: 'a', foreignField: 'b' } }], [], fails(9), INVENTORY],
    [[{ $lookup: { from: 'inv', localField: 'a', as: 'x' } }], [], fails(9), INVENTORY],
    [[{ $lookup: { localField: 'a', foreignField: 'b', as: 'x' } }], [], fails(9), INVENTORY],
    [[{ $lookup: { from: 'inv', as: 'x' } }], [], fails(9), INVENTORY],
    [
      [{ $lookup: { from: 'inv', localField: 5, foreignField: 'b', as: 'x' } }],
      [],
      fails(9),
      INVENTORY,
    ],
    [
      [{ $lookup: { from: 'inv', localField: 'a', foreignField: 'b', as: 'x', y: 1 } }],
      [],
      fails(9),
      INVENTORY,
    ],
    [[{ $lookup: { from: 'inv', pipeline: 5, as: 'x' } }], [], fails(9), INVENTORY],
    [
      [{ $lookup: { from: 'inv', pipeline: [], let: { X: 1 }, as: 'x' } }],
      [],
      fails(16867),
      INVENTORY,
    ],
    [[{ $lookup: 5 }], [], fails(9)],
    [
      [{ $lookup: { from: 'inv', pipeline: [{ $out: 'x' }], as: 'x' } }],
      [],
      fails(51047),
      INVENTORY,
    ],
    [[{ $unionWith: { coll: 'inv', pipeline: [{ $merge: 'x' }] } }], [], fails(51047), INVENTORY],
  ]),
  table('$unionWith', 'unionWith', [
    [
      [{ $unionWith: 'members' }, { $project: { _id: 1 } }],
      [{ _id: 9 }],
      [{ _id: 9 }, { _id: 1 }, { _id: 2 }, { _id: 3 }],
      CLASS,
    ],
    [
      [{ $unionWith: { coll: 'members', pipeline: [{ $match: { _id: 2 } }] } }],
      [{ _id: 9 }],
      [{ _id: 9 }, { _id: 2, name: 'b' }],
      CLASS,
    ],
    [[{ $unionWith: 'absent' }], [{ _id: 9 }], [{ _id: 9 }], CLASS],
    [
      [{ $unionWith: { pipeline: [{ $documents: [{ a: 1 }] }] } }],
      [{ _id: 9 }],
      [{ _id: 9 }, { a: 1 }],
      CLASS,
    ],
    [[{ $unionWith: 5 }], [], fails(9), CLASS],
    [[{ $unionWith: { coll: 'members', x: 1 } }], [], fails(9), CLASS],
  ]),
  table('$graphLookup', 'graphLookup', [
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: '$to',
            connectFromField: 'to',
            connectToField: 'name',
            as: 'up',
          },
        },
        { $project: { up: '$up.name' } },
      ],
      [dev(5)],
      [{ _id: 5, up: ['Ron', 'Eliot', 'Dev'] }],
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: '$to',
            connectFromField: 'to',
            connectToField: 'name',
            as: 'up',
            maxDepth: 0,
          },
        },
        { $project: { up: '$up.name' } },
      ],
      [dev(5)],
      [{ _id: 5, up: ['Ron'] }],
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: '$to',
            connectFromField: 'to',
            connectToField: 'name',
            as: 'up',
            depthField: 'd',
          },
        },
        { $project: { up: '$up.d' } },
      ],
      [dev(5)],
      [{ _id: 5, up: [L(0), L(1), L(2)] }],
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: '$to',
            connectFromField: 'to',
            connectToField: 'name',
            as: 'up',
            restrictSearchWithMatch: { name: { $ne: 'Eliot' } },
          },
        },
        { $project: { up: '$up.name' } },
      ],
      [dev(5)],
      [{ _id: 5, up: ['Ron'] }],
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'loop',
            startWith: 1,
            connectFromField: 'next',
            connectToField: 'n',
            as: 'r',
          },
        },
        { $project: { r: { $size: '$r' } } },
      ],
      [{ _id: 0 }],
      [{ _id: 0, r: 2 }],
      {
        loop: [
          { _id: 1, n: 1, next: 2 },
          { _id: 2, n: 2, next: 1 },
        ],
      },
    ],
    [[{ $graphLookup: { from: 'people', as: 'x' } }], [], fails(40105), PEOPLE],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: 1,
            connectFromField: 'a',
            connectToField: 'b',
            as: 'x',
            y: 1,
          },
        },
      ],
      [],
      fails(40104),
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: 1,
            connectFromField: 5,
            connectToField: 'b',
            as: 'x',
          },
        },
      ],
      [],
      fails(40103),
      PEOPLE,
    ],
    [
      [
        {
          $graphLookup: {
            from: 'people',
            startWith: 1,
            connectFromField: 'a',
            connectToField: 'b',
            as: 'x',
            maxDepth: -1,
          },
        },
      ],
      [],
      fails(40101),
      PEOPLE,
    ],
  ]),
  table('$facet', 'facet', [
    [
      [{ $facet: { a: [{ $match: { x: 1 } }], n: [{ $count: 'n' }] } }],
      xs(1, 2),
      [{ a: [{ x: 1 }], n: [{ n: 2 }] }],
    ],
    [[{ $facet: { a: [{ $limit: 1 }] } }], [], [{ a: [] }]],
    [[{ $facet: { a: [] } }, { $project: { n: { $size: '$a' } } }], xs(1, 2), [{ n: 2 }]],
    [[{ $facet: {} }], [], fails(40169)],
    [[{ $facet: { a: 5 } }], [], fails(40170)],
    [[{ $facet: { a: [{ $facet: { b: [] } }] } }], [], fails(40600)],
    [[{ $facet: { a: [{ $out: 'x' }] } }], [], fails(40600)],
    [[{ $facet: { a: [{ $foo: 1 }] } }], [], fails(40324)],
  ]),
  table('$bucket', 'bucket', [
    [
      [{ $bucket: { groupBy: '$x', boundaries: [0, 5, 10] } }],
      xs(1, 4, 5, 9),
      [
        { _id: 0, count: 2 },
        { _id: 5, count: 2 },
      ],
    ],
    [
      [{ $bucket: { groupBy: '$x', boundaries: [0, 5], default: 'Other' } }],
      xs(1, 7, 'a', null),
      [
        { _id: 0, count: 1 },
        { _id: 'Other', count: 3 },
      ],
    ],
    [
      [
        {
          $bucket: {
            groupBy: '$x',
            boundaries: [0, 5, 10],
            output: { n: { $sum: 1 }, v: { $push: '$x' } },
          },
        },
      ],
      xs(7, 1),
      [
        { _id: 0, n: 1, v: [1] },
        { _id: 5, n: 1, v: [7] },
      ],
    ],
    [
      [{ $bucket: { groupBy: { $year: '$x' }, boundaries: [2000, 2010, 2020] } }],
      xs(date('2005-01-01T00:00:00Z')),
      [{ _id: 2000, count: 1 }],
    ],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 5] } }], xs(5), fails(40066)],
    [[{ $bucket: { groupBy: '$x', boundaries: [5, 0] } }], [], fails(40194)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 'a'] } }], [], fails(40193)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0] } }], [], fails(40192)],
    [[{ $bucket: { groupBy: '$x', boundaries: 5 } }], [], fails(40200)],
    [[{ $bucket: { groupBy: 'x', boundaries: [0, 1] } }], [], fails(40202)],
    [[{ $bucket: { groupBy: '$x' } }], [], fails(40198)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 5], default: 3 } }], [], fails(40199)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 5], default: '$y' } }], [], fails(40195)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 5], y: 1 } }], [], fails(40197)],
    [[{ $bucket: { groupBy: '$x', boundaries: [0, 5], output: 5 } }], [], fails(40196)],
    [[{ $bucket: 5 }], [], fails(40201)],
  ]),
  table('$bucketAuto', 'bucketAuto', [
    [
      [{ $bucketAuto: { groupBy: '$x', buckets: 2 } }],
      xs(1, 2, 3, 4),
      [
        { _id: { min: 1, max: 3 }, count: 2 },
        { _id: { min: 3, max: 4 }, count: 2 },
      ],
    ],
    [
      [{ $bucketAuto: { groupBy: '$x', buckets: 3 } }],
      xs(1, 1, 1, 1),
      [{ _id: { min: 1, max: 1 }, count: 4 }],
    ],
    [
      [{ $bucketAuto: { groupBy: '$x', buckets: 5 } }],
      xs(2, 1),
      [
        { _id: { min: 1, max: 2 }, count: 1 },
        { _id: { min: 2, max: 2 }, count: 1 },
      ],
    ],
    [
      [{ $bucketAuto: { groupBy: '$x', buckets: 1, output: { s: { $sum: '$x' } } } }],
      xs(2, 1),
      [{ _id: { min: 1, max: 2 }, s: 3 }],
    ],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 2 } }], [], []],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 0 } }], [], fails(40243)],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 'x' } }], [], fails(40241)],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 1.5 } }], [], fails(40242)],
    [[{ $bucketAuto: { groupBy: '$x' } }], [], fails(40246)],
    [[{ $bucketAuto: { groupBy: 'x', buckets: 1 } }], [], fails(40239)],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 1, y: 1 } }], [], fails(40245)],
    [[{ $bucketAuto: { groupBy: '$x', buckets: 1, granularity: 'R5' } }], [], fails(238)],
    [[{ $bucketAuto: 5 }], [], fails(40240)],
  ]),
  table('$fill', 'fill', [
    [[{ $fill: { output: { v: { value: 0 } } } }], xv([1, null], [2, 5]), xv([1, 0], [2, 5])],
    [[{ $fill: { output: { v: { value: '$x' } } } }], [{ x: 7 }], [{ x: 7, v: 7 }]],
    [
      [{ $fill: { ...BY_X, output: { v: { method: 'linear' } } } }],
      xv([0, 10], [1, null], [2, 20]),
      [
        { x: 0, v: 10 },
        { x: 1, v: D(15) },
        { x: 2, v: 20 },
      ],
    ],
    [
      [{ $fill: { ...BY_X, output: { v: { method: 'locf' } } } }],
      xv([2, null], [1, 5]),
      xv([1, 5], [2, 5]),
    ],
    [
      [{ $fill: { ...BY_X, partitionByFields: ['p'], output: { v: { method: 'locf' } } } }],
      [
        { p: 1, x: 1, v: 5 },
        { p: 2, x: 2, v: null },
      ],
      [
        { p: 1, x: 1, v: 5 },
        { p: 2, x: 2, v: null },
      ],
    ],
    [[{ $fill: { output: { v: { method: 'foo' } } } }], [], fails(9)],
    [[{ $fill: {} }], [], fails(9)],
  ]),
  table('$densify', 'densify', [
    [[{ $densify: { field: 'x', range: { step: 1, bounds: 'full' } } }], xs(1, 4), xs(1, 2, 3, 4)],
    [
      [{ $densify: { field: 'x', range: { step: 2, bounds: [0, 5] } } }],
      xs(1, 4, 9),
      xs(0, 1, 2, 4, 9),
    ],
    [
      [
        {
          $densify: {
            field: 'x',
            partitionByFields: ['p'],
            range: { step: 1, bounds: 'partition' },
          },
        },
      ],
      [
        { p: 'a', x: 1 },
        { p: 'a', x: 3 },
        { p: 'b', x: 7 },
      ],
      [
        { p: 'a', x: 1 },
        { p: 'a', x: 2 },
        { p: 'a', x: 3 },
        { p: 'b', x: 7 },
      ],
    ],
    [
      [{ $densify: { field: 'x', partitionByFields: ['p'], range: { step: 1, bounds: 'full' } } }],
      [
        { p: 'a', x: 1 },
        { p: 'b', x: 2 },
      ],
      [
        { p: 'a', x: 1 },
        { p: 'a', x: 2 },
        { p: 'b', x: 1 },
        { p: 'b', x: 2 },
      ],
    ],
    [
      [{ $densify: { field: 'x', range: { step: 1, unit: 'hour', bounds: 'full' } } }],
      xs(date('2021-05-18T00:00:00Z'), date('2021-05-18T02:00:00Z')),
      xs(date('2021-05-18T00:00:00Z'), date('2021-05-18T01:00:00Z'), date('2021-05-18T02:00:00Z')),
    ],
    [[{ $densify: { field: 'x', range: { step: 0, bounds: 'full' } } }], [], fails(5733401)],
    [[{ $densify: { field: 'x', range: { step: 1, bounds: [5, 1] } } }], [], fails(5733403)],
    [
      [{ $densify: { field: 'x', range: { step: 1, bounds: 'full' } } }],
      xs('a', 'b'),
      fails(5733201),
    ],
  ]),
  table('$setWindowFields', 'setWindowFields', [
    windows(
      { s: { $sum: '$x', window: { documents: ['unbounded', 'current'] } } },
      BY_X,
      xs(3, 1, 2),
      [
        { x: 1, s: 1 },
        { x: 2, s: 3 },
        { x: 3, s: 6 },
      ],
    ),
    windows({ s: { $sum: '$x' } }, {}, xs(1, 2), [
      { x: 1, s: 3 },
      { x: 2, s: 3 },
    ]),
    windows({ s: { $avg: '$x', window: { documents: [-1, 1] } } }, BY_X, xs(1, 2, 6), [
      { x: 1, s: 1.5 },
      { x: 2, s: D(3) },
      { x: 6, s: D(4) },
    ]),
    windows({ s: { $push: '$x', window: { documents: [1, 'unbounded'] } } }, BY_X, xs(1, 2, 3), [
      { x: 1, s: [2, 3] },
      { x: 2, s: [3] },
      { x: 3, s: [] },
    ]),
    windows({ s: { $sum: '$x', window: { range: [-1, 1] } } }, BY_X, xs(1, 2, 4), [
      { x: 1, s: 3 },
      { x: 2, s: 3 },
      { x: 4, s: 4 },
    ]),
    windows(
      { s: { $push: '$v', window: { range: [-1, 'current'], unit: 'month' } } },
      BY_X,
      xv(
        [date('2021-01-31T00:00:00Z'), 1],
        [date('2021-02-28T00:00:00Z'), 2],
        [date('2021-04-30T00:00:00Z'), 3],
      ),
      [
        { x: date('2021-01-31T00:00:00Z'), v: 1, s: [1] },
        { x: date('2021-02-28T00:00:00Z'), v: 2, s: [1, 2] },
        { x: date('2021-04-30T00:00:00Z'), v: 3, s: [3] },
      ],
    ),
    windows(
      { s: { $sum: '$x', window: { documents: ['unbounded', 'current'] } } },
      { partitionBy: '$p', sortBy: { x: 1 } },
      [
        { p: 'b', x: 1 },
        { p: 'a', x: 2 },
        { p: 'b', x: 3 },
      ],
      [
        { p: 'a', x: 2, s: 2 },
        { p: 'b', x: 1, s: 1 },
        { p: 'b', x: 3, s: 4 },
      ],
    ),
    windows({ r: { $rank: {} } }, { sortBy: { x: -1 } }, xs(9, 7, 9, 5), [
      { x: 9, r: 1 },
      { x: 9, r: 1 },
      { x: 7, r: 3 },
      { x: 5, r: 4 },
    ]),
    windows({ r: { $denseRank: {} } }, { sortBy: { x: -1 } }, xs(9, 7, 9, 5), [
      { x: 9, r: 1 },
      { x: 9, r: 1 },
      { x: 7, r: 2 },
      { x: 5, r: 3 },
    ]),
    windows({ r: { $documentNumber: {} } }, BY_X, xs(2, 1), [
      { x: 1, r: 1 },
      { x: 2, r: 2 },
    ]),
    windows({ s: { $shift: { output: '$x', by: 1, default: 'none' } } }, BY_X, xs(1, 2), [
      { x: 1, s: 2 },
      { x: 2, s: 'none' },
    ]),
    windows({ s: { $shift: { output: '$x', by: -1 } } }, BY_X, xs(1, 2), [
      { x: 1, s: null },
      { x: 2, s: 1 },
    ]),
    windows({ s: { $expMovingAvg: { input: '$x', N: 3 } } }, BY_X, xs(1, 2, 4), [
      { x: 1, s: D(1) },
      { x: 2, s: 1.5 },
      { x: 4, s: 2.75 },
    ]),
    windows({ s: { $locf: '$v' } }, BY_X, xv([1, 5], [2, null], [3, 7]), [
      { x: 1, v: 5, s: 5 },
      { x: 2, v: null, s: 5 },
      { x: 3, v: 7, s: 7 },
    ]),
    windows({ s: { $linearFill: '$v' } }, BY_X, xv([0, 10], [1, null], [2, 20]), [
      { x: 0, v: 10, s: 10 },
      { x: 1, v: null, s: D(15) },
      { x: 2, v: 20, s: 20 },
    ]),
    windows(
      { s: { $derivative: { input: '$v', unit: 'hour' }, window: { documents: [-1, 0] } } },
      BY_X,
      xv([date('2020-01-01T00:00:00Z'), 1], [date('2020-01-01T02:00:00Z'), 5]),
      [
        { x: date('2020-01-01T00:00:00Z'), v: 1, s: null },
        { x: date('2020-01-01T02:00:00Z'), v: 5, s: D(2) },
      ],
    ),
    windows(
      { s: { $integral: { input: '$v' }, window: { documents: ['unbounded', 'current'] } } },
      BY_X,
      xv([0, 2], [2, 4]),
      [
        { x: 0, v: 2, s: D(0) },
        { x: 2, v: 4, s: D(6) },
      ],
    ),
    windows({ s: { $covariancePop: ['$x', '$v'] } }, BY_X, xv([1, 2], [3, 6]), [
      { x: 1, v: 2, s: D(2) },
      { x: 3, v: 6, s: D(2) },
    ]),
    windows({ s: { $covarianceSamp: ['$x', '$v'] } }, BY_X, xv([1, 2], [3, 6]), [
      { x: 1, v: 2, s: D(4) },
      { x: 3, v: 6, s: D(4) },
    ]),
    windows({ 'a.b': { $max: '$x' } }, {}, xs(1, 2), [
      { x: 1, a: { b: 2 } },
      { x: 2, a: { b: 2 } },
    ]),
    [[{ $setWindowFields: { output: { r: { $rank: {} } } } }], [], fails(5371602)],
    [[{ $setWindowFields: { ...BY_X, output: { r: { $rank: { a: 1 } } } } }], [], fails(5371603)],
    [
      [
        {
          $setWindowFields: { ...BY_X, output: { r: { $sum: 1, window: { documents: [1, 0] } } } },
        },
      ],
      [],
      fails(5339900),
    ],
    [
      [{ $setWindowFields: { output: { r: { $sum: 1, window: { documents: [0, 1] } } } } }],
      [],
      fails(5339901),
    ],
    [
      [{ $setWindowFields: { output: { r: { $sum: 1, window: { range: [0, 1] } } } } }],
      [],
      fails(5339902),
    ],
    [[{ $setWindowFields: { output: { r: { $foo: 1 } } } }], [], fails(9)],
    [[{ $setWindowFields: { output: { r: { $sum: 1, window: { x: 1 } } } } }], [], fails(9)],
    [[{ $setWindowFields: { x: 1, output: {} } }], [], fails(40415)],
    [[{ $setWindowFields: { partitionBy: '$x', output: { r: { $sum: 1 } } } }], xs([1]), fails(14)],
  ]),
];
