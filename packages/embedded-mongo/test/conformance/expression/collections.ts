import type { ExpressionRow, Table } from '../run.ts';
import { aggregationPage, bin, D, fails, L, ts } from '../values.ts';

const table = (name: string, page: string, rows: ExpressionRow[]): Table<ExpressionRow> => ({
  name,
  page: aggregationPage(page),
  rows,
});

export const collections: Table<ExpressionRow>[] = [
  table('$arrayElemAt', 'arrayElemAt', [
    [{ $arrayElemAt: [[1, 2, 3], 0] }, 1],
    [{ $arrayElemAt: [[1, 2, 3], -2] }, 2],
    [{ $arrayElemAt: [[1, 2, 3], 15] }, undefined],
    [{ $arrayElemAt: [[1, 2, 3], -4] }, undefined],
    [{ $arrayElemAt: [[1, 2], L(1)] }, 2],
    [{ $arrayElemAt: [[1, 2], D(1)] }, 2],
    [{ $arrayElemAt: [null, 0] }, null],
    [{ $arrayElemAt: [[1], null] }, null],
    [{ $arrayElemAt: [5, 0] }, fails(28689)],
    [{ $arrayElemAt: [[1], 'x'] }, fails(28690)],
    [{ $arrayElemAt: [[1], 0.5] }, fails(28691)],
    [{ $arrayElemAt: [[1]] }, fails(16020)],
  ]),
  table('$first', 'first-array-element', [
    [{ $first: '$x' }, 1, { x: [1, 2] }],
    [{ $first: '$x' }, undefined, { x: [] }],
    [{ $first: '$x' }, null],
    [{ $first: '$x' }, fails(28689), { x: 1 }],
  ]),
  table('$last', 'last-array-element', [
    [{ $last: '$x' }, 2, { x: [1, 2] }],
    [{ $last: '$x' }, undefined, { x: [] }],
    [{ $last: '$x' }, null, { x: null }],
    [{ $last: '$x' }, fails(28689), { x: 'a' }],
  ]),
  table('$arrayToObject', 'arrayToObject', [
    [
      {
        $arrayToObject: [
          [
            ['item', 'abc'],
            ['qty', 25],
          ],
        ],
      },
      { item: 'abc', qty: 25 },
    ],
    [
      {
        $arrayToObject: [
          [
            { k: 'item', v: 'abc' },
            { k: 'qty', v: 25 },
          ],
        ],
      },
      { item: 'abc', qty: 25 },
    ],
    [
      {
        $arrayToObject: [
          [
            ['a', 1],
            ['a', 2],
          ],
        ],
      },
      { a: 2 },
    ],
    [{ $arrayToObject: [[]] }, {}],
    [{ $arrayToObject: '$missing' }, null],
    [{ $arrayToObject: '$x' }, fails(40386), { x: 'a' }],
    [{ $arrayToObject: '$x' }, fails(40398), { x: [1] }],
    [{ $arrayToObject: '$x' }, fails(40397), { x: [['a']] }],
    [{ $arrayToObject: '$x' }, fails(40395), { x: [[1, 1]] }],
    [{ $arrayToObject: '$x' }, fails(40392), { x: [{ k: 'a' }] }],
    [{ $arrayToObject: '$x' }, fails(40393), { x: [{ k: 'a', y: 1 }] }],
    [{ $arrayToObject: '$x' }, fails(40394), { x: [{ k: 1, v: 1 }] }],
    [{ $arrayToObject: '$x' }, fails(40396), { x: [['a', 1], { k: 'b', v: 1 }] }],
    [{ $arrayToObject: '$x' }, fails(40391), { x: [{ k: 'b', v: 1 }, ['a', 1]] }],
  ]),
  table('$objectToArray', 'objectToArray', [
    [
      { $objectToArray: '$x' },
      [
        { k: 'a', v: 1 },
        { k: 'b', v: { c: 2 } },
      ],
      { x: { a: 1, b: { c: 2 } } },
    ],
    [{ $objectToArray: '$x' }, [], { x: {} }],
    [{ $objectToArray: '$x' }, null],
    [{ $objectToArray: '$x' }, fails(40390), { x: [1] }],
  ]),
  table('$concatArrays', 'concatArrays', [
    [{ $concatArrays: [['hello', ' '], ['world']] }, ['hello', ' ', 'world']],
    [
      {
        $concatArrays: [
          ['hello', ' '],
          [['world'], 'again'],
        ],
      },
      ['hello', ' ', ['world'], 'again'],
    ],
    [{ $concatArrays: [] }, []],
    [{ $concatArrays: [[1], null] }, null],
    [{ $concatArrays: [[1], '$missing'] }, null],
    [{ $concatArrays: [[1], 2] }, fails(28664)],
  ]),
  table('$filter', 'filter', [
    [
      {
        $filter: {
          input: [1, 'a', 2, null, 3.1, L(4), '5'],
          as: 'num',
          cond: { $isNumber: '$$num' },
        },
      },
      [1, 2, 3.1, L(4)],
    ],
    [
      { $filter: { input: '$items', as: 'item', cond: { $gte: ['$$item.price', 100] } } },
      [{ price: 110 }],
      { items: [{ price: 110 }, { price: 5 }] },
    ],
    [{ $filter: { input: [1, 2, 3, 4], cond: { $gt: ['$$this', 1] }, limit: 2 } }, [2, 3]],
    [{ $filter: { input: [1, 2], cond: true, limit: 5 } }, [1, 2]],
    [{ $filter: { input: [1, 2], cond: true, limit: null } }, [1, 2]],
    [{ $filter: { input: null, cond: true } }, null],
    [{ $filter: { input: '$missing', cond: true } }, null],
    [{ $filter: { input: 5, cond: true } }, fails(28651)],
    [{ $filter: { input: [1], cond: true, limit: 0 } }, fails(327392)],
    [{ $filter: { input: [1], cond: true, limit: 1.5 } }, fails(327391)],
    [{ $filter: 1 }, fails(28646)],
    [{ $filter: { input: [1], cond: 1, x: 1 } }, fails(28647)],
    [{ $filter: { cond: 1 } }, fails(28648)],
  ]),
  table('$map', 'map', [
    [{ $map: { input: '$q', as: 'g', in: { $add: ['$$g', 2] } } }, [7, 8], { q: [5, 6] }],
    [{ $map: { input: '$q', in: '$$this.a' } }, [1, null], { q: [{ a: 1 }, {}] }],
    [
      { $map: { input: '$q', as: 'g', in: { $multiply: ['$$g', '$by'] } } },
      [10],
      { q: [5], by: 2 },
    ],
    [
      {
        $map: {
          input: '$q',
          as: 'r',
          in: { $map: { input: '$$r', as: 'c', in: { $add: ['$$c', { $size: '$$r' }] } } },
        },
      },
      [[3, 4], [6]],
      { q: [[1, 2], [5]] },
    ],
    [{ $map: { input: null, in: 1 } }, null],
    [{ $map: { input: '$missing', in: 1 } }, null],
    [{ $map: { input: 5, in: 1 } }, fails(16883)],
    [{ $map: { in: 1 } }, fails(16880)],
    [{ $map: { input: [], in: 1, x: 1 } }, fails(16879)],
    [{ $map: 5 }, fails(16878)],
  ]),
  table('$reduce', 'reduce', [
    [
      {
        $reduce: {
          input: ['a', 'b', 'c'],
          initialValue: '',
          in: { $concat: ['$$value', '$$this'] },
        },
      },
      'abc',
    ],
    [
      {
        $reduce: {
          input: [1, 2, 3, 4],
          initialValue: { sum: 5, product: 2 },
          in: {
            sum: { $add: ['$$value.sum', '$$this'] },
            product: { $multiply: ['$$value.product', '$$this'] },
          },
        },
      },
      { sum: 15, product: 48 },
    ],
    [
      {
        $reduce: {
          input: [
            [3, 4],
            [5, 6],
          ],
          initialValue: [1, 2],
          in: { $concatArrays: ['$$value', '$$this'] },
        },
      },
      [1, 2, 3, 4, 5, 6],
    ],
    [{ $reduce: { input: [], initialValue: 7, in: 1 } }, 7],
    [{ $reduce: { input: null, initialValue: 7, in: 1 } }, null],
    [{ $reduce: { input: 5, initialValue: 7, in: 1 } }, fails(40080)],
    [{ $reduce: { input: [], in: 1 } }, fails(40079)],
    [{ $reduce: 1 }, fails(40075)],
    [{ $reduce: { input: [], initialValue: 1, in: 1, x: 1 } }, fails(40076)],
  ]),
  table('$in', 'in', [
    [{ $in: [2, [1, 2, 3]] }, true],
    [{ $in: ['abc', ['xyz', 'abc']] }, true],
    [{ $in: ['xy', ['xyz', 'abc']] }, false],
    [{ $in: [['a'], ['a']] }, false],
    [{ $in: [['a'], [['a']]] }, true],
    [{ $in: [D(1), [1]] }, true],
    [{ $in: [null, [null]] }, true],
    [{ $in: ['$x', 'y'] }, fails(40081)],
    [{ $in: [1, '$missing'] }, fails(40081)],
  ]),
  table('$indexOfArray', 'indexOfArray', [
    [{ $indexOfArray: [['a', 'abc'], 'a'] }, 0],
    [{ $indexOfArray: [['a', 'abc', 'de', ['de']], ['de']] }, 3],
    [{ $indexOfArray: [[1, 2], 5] }, -1],
    [
      {
        $indexOfArray: [
          [1, 2, 3],
          [1, 2],
        ],
      },
      -1,
    ],
    [{ $indexOfArray: [[10, 9, 9, 8, 9], 9, 3] }, 4],
    [{ $indexOfArray: [['a', 'abc', 'b'], 'b', 0, 1] }, -1],
    [{ $indexOfArray: [['a', 'abc', 'b'], 'b', 1, 0] }, -1],
    [{ $indexOfArray: [['a', 'abc', 'b'], 'b', 20] }, -1],
    [{ $indexOfArray: [null, 'foo'] }, null],
    [{ $indexOfArray: [1, 'foo'] }, fails(40090)],
    [{ $indexOfArray: [['abc'], 'abc', -1] }, fails(40097)],
    [{ $indexOfArray: [['abc'], 'abc', 0.5] }, fails(40096)],
  ]),
  table('$isArray', 'isArray', [
    [{ $isArray: ['hello'] }, false],
    [{ $isArray: [['hello', 'world']] }, true],
    [{ $isArray: '$x' }, true, { x: [] }],
    [{ $isArray: '$x' }, false],
  ]),
  table('$range', 'range', [
    [{ $range: [0, 10, 2] }, [0, 2, 4, 6, 8]],
    [{ $range: [10, 0, -2] }, [10, 8, 6, 4, 2]],
    [{ $range: [0, 10, -2] }, []],
    [{ $range: [0, 5] }, [0, 1, 2, 3, 4]],
    [{ $range: [3, 3] }, []],
    [{ $range: ['x', 5] }, fails(34443)],
    [{ $range: [0.5, 5] }, fails(34444)],
    [{ $range: [0, 'x'] }, fails(34445)],
    [{ $range: [0, 1.5] }, fails(34446)],
    [{ $range: [0, 5, 'x'] }, fails(34447)],
    [{ $range: [0, 5, 0.5] }, fails(34448)],
    [{ $range: [0, 5, 0] }, fails(34449)],
  ]),
  table('$reverseArray', 'reverseArray', [
    [{ $reverseArray: { $literal: [1, 2, 3] } }, [3, 2, 1]],
    [{ $reverseArray: '$x' }, [[3], [1, 2]], { x: [[1, 2], [3]] }],
    [{ $reverseArray: '$x' }, [], { x: [] }],
    [{ $reverseArray: '$x' }, null],
    [{ $reverseArray: '$x' }, fails(34435), { x: 1 }],
  ]),
  table('$size', 'size', [
    [{ $size: '$x' }, 2, { x: [1, 2] }],
    [{ $size: '$x' }, 0, { x: [] }],
    [{ $size: '$x' }, fails(17124)],
    [{ $size: '$x' }, fails(17124), { x: 'ab' }],
  ]),
  table('$slice', 'slice', [
    [{ $slice: [[1, 2, 3], 1, 1] }, [2]],
    [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
    [{ $slice: [[1, 2, 3], 15, 2] }, []],
    [{ $slice: [[1, 2, 3], -15, 2] }, [1, 2]],
    [{ $slice: [[1, 2, 3], 2] }, [1, 2]],
    [{ $slice: [[1, 2, 3], 0] }, []],
    [{ $slice: [null, 1] }, null],
    [{ $slice: [[1], null] }, null],
    [{ $slice: [1, 1] }, fails(28724)],
    [{ $slice: [[1], 'x'] }, fails(28725)],
    [{ $slice: [[1], 0.5] }, fails(28726)],
    [{ $slice: [[1], 0, 'x'] }, fails(28727)],
    [{ $slice: [[1], 0, 0.5] }, fails(28728)],
    [{ $slice: [[1], 0, 0] }, fails(28729)],
  ]),
  table('$sortArray', 'sortArray', [
    [{ $sortArray: { input: [3, 1, 2], sortBy: 1 } }, [1, 2, 3]],
    [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
    [
      { $sortArray: { input: '$x', sortBy: { n: 1 } } },
      [{ n: 1 }, { n: 2 }],
      { x: [{ n: 2 }, { n: 1 }] },
    ],
    [
      { $sortArray: { input: '$x', sortBy: { a: -1, b: 1 } } },
      [
        { a: 2, b: 1 },
        { a: 1, b: 0 },
        { a: 1, b: 3 },
      ],
      {
        x: [
          { a: 1, b: 3 },
          { a: 2, b: 1 },
          { a: 1, b: 0 },
        ],
      },
    ],
    [
      { $sortArray: { input: '$x', sortBy: { 'a.b': 1 } } },
      [{ a: { b: 1 } }, { a: { b: 5 } }],
      { x: [{ a: { b: 5 } }, { a: { b: 1 } }] },
    ],
    [{ $sortArray: { input: [20, 4, 'x', null, true], sortBy: 1 } }, [null, 4, 20, 'x', true]],
    [{ $sortArray: { input: null, sortBy: 1 } }, null],
    [{ $sortArray: { input: 5, sortBy: 1 } }, fails(2942504)],
    [{ $sortArray: { input: [], sortBy: 2 } }, fails(2942505)],
  ]),
  table('$zip', 'zip', [
    [{ $zip: { inputs: [['a'], ['b'], ['c']] } }, [['a', 'b', 'c']]],
    [
      {
        $zip: {
          inputs: [
            ['a', 'b'],
            ['c', 'd'],
          ],
        },
      },
      [
        ['a', 'c'],
        ['b', 'd'],
      ],
    ],
    [
      {
        $zip: {
          inputs: [
            [1, 2, 3],
            ['a', 'b'],
          ],
        },
      },
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true } },
      [
        [1, 'a'],
        [2, null],
      ],
    ],
    [
      { $zip: { inputs: [[1], [2, 3]], useLongestLength: true, defaults: ['x', 'y'] } },
      [
        [1, 2],
        ['x', 3],
      ],
    ],
    [{ $zip: { inputs: [[1], null] } }, null],
    [{ $zip: { inputs: [[1], 5] } }, fails(34468)],
    [{ $zip: { inputs: [[1]], defaults: [1] } }, fails(34466)],
    [{ $zip: { inputs: [[1]], useLongestLength: true, defaults: [1, 2] } }, fails(34467)],
    [{ $zip: { inputs: [] } }, fails(34465)],
    [{ $zip: { inputs: 1 } }, fails(34461)],
    [{ $zip: 1 }, fails(34460)],
  ]),
  table('$firstN and $lastN', 'firstN', [
    [{ $firstN: { n: 2, input: [1, 2, 3] } }, [1, 2]],
    [{ $firstN: { n: 5, input: [1, null] } }, [1, null]],
    [{ $lastN: { n: 2, input: [1, 2, 3] } }, [2, 3]],
    [{ $firstN: { n: 0, input: [] } }, fails(5787908)],
    [{ $firstN: { n: 1, input: 5 } }, fails(5788200)],
  ]),
  table('$maxN and $minN', 'maxN', [
    [{ $maxN: { n: 2, input: [1, 5, null, 3] } }, [5, 3]],
    [{ $minN: { n: 2, input: [4, 1, null, 3] } }, [1, 3]],
  ]),
  table('$setUnion', 'setUnion', [
    [
      {
        $setUnion: [
          ['a', 'b', 'a'],
          ['b', 'a'],
        ],
      },
      ['a', 'b'],
    ],
    [{ $setUnion: [['a', 'b'], [['a', 'b']]] }, ['a', 'b', ['a', 'b']]],
    [{ $setUnion: [[2, 1], [3]] }, [1, 2, 3]],
    [{ $setUnion: [[1], null] }, null],
    [{ $setUnion: [[1], 2] }, fails(17043)],
    [{ $setUnion: [] }, []],
  ]),
  table('$setIntersection', 'setIntersection', [
    [
      {
        $setIntersection: [
          ['a', 'b', 'a'],
          ['b', 'a'],
        ],
      },
      ['a', 'b'],
    ],
    [{ $setIntersection: [['a', 'b'], [['a', 'b']]] }, []],
    [{ $setIntersection: [[1, 2, 3], [2, 3], [3]] }, [3]],
    [{ $setIntersection: [[1], '$missing'] }, null],
    [{ $setIntersection: [[1], 'x'] }, fails(17047)],
  ]),
  table('$setDifference', 'setDifference', [
    [
      {
        $setDifference: [
          ['a', 'b', 'a'],
          ['b', 'a'],
        ],
      },
      [],
    ],
    [{ $setDifference: [['a', 'b'], [['a', 'b']]] }, ['a', 'b']],
    [{ $setDifference: [['red', 'blue', 'red'], ['blue']] }, ['red']],
    [{ $setDifference: [null, [1]] }, null],
    [{ $setDifference: [1, [1]] }, fails(17048)],
    [{ $setDifference: [[1], 1] }, fails(17049)],
  ]),
  table('$setEquals', 'setEquals', [
    [
      {
        $setEquals: [
          ['a', 'b', 'a'],
          ['b', 'a'],
        ],
      },
      true,
    ],
    [{ $setEquals: [['a', 'b'], [['a', 'b']]] }, false],
    [{ $setEquals: [[1], [D(1)], [L(1)]] }, true],
    [{ $setEquals: [[1], null] }, fails(17044)],
    [{ $setEquals: [[1]] }, fails(17045)],
  ]),
  table('$setIsSubset', 'setIsSubset', [
    [
      {
        $setIsSubset: [
          ['a', 'b', 'a'],
          ['b', 'a'],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [['a', 'b'], [['a', 'b']]] }, false],
    [{ $setIsSubset: [[], [1]] }, true],
    [{ $setIsSubset: [null, [1]] }, fails(17046)],
    [{ $setIsSubset: [[1], null] }, fails(17042)],
  ]),
  table('$allElementsTrue', 'allElementsTrue', [
    [{ $allElementsTrue: [[true, 1, 'someString']] }, true],
    [{ $allElementsTrue: [[[false]]] }, true],
    [{ $allElementsTrue: [[]] }, true],
    [{ $allElementsTrue: [[null, false, 0]] }, false],
    [{ $allElementsTrue: '$x' }, fails(17040)],
  ]),
  table('$anyElementTrue', 'anyElementTrue', [
    [{ $anyElementTrue: [[true, false]] }, true],
    [{ $anyElementTrue: [[[false]]] }, true],
    [{ $anyElementTrue: [[null, false, 0]] }, false],
    [{ $anyElementTrue: [[]] }, false],
    [{ $anyElementTrue: 'x' }, fails(17041)],
  ]),
  table('$mergeObjects', 'mergeObjects', [
    [{ $mergeObjects: [{ a: 1 }, null] }, { a: 1 }],
    [{ $mergeObjects: [null, null] }, {}],
    [{ $mergeObjects: [{ a: 1 }, { a: 2, b: 2 }, { a: 3, c: 3 }] }, { a: 3, b: 2, c: 3 }],
    [
      { $mergeObjects: [{ a: 1 }, { a: 2, b: 2 }, { a: 3, b: null, c: 3 }] },
      { a: 3, b: null, c: 3 },
    ],
    [{ $mergeObjects: '$x' }, { y: 1 }, { x: { y: 1 } }],
    [{ $mergeObjects: [{ a: 1 }, 5] }, fails(40400)],
  ]),
  table('$getField', 'getField', [
    [{ $getField: 'a.b' }, 1, { 'a.b': 1 }],
    [{ $getField: { $literal: '$x' } }, 2, { $x: 2 }],
    [{ $getField: { field: 'b', input: '$a' } }, 3, { a: { b: 3 } }],
    [{ $getField: { field: 'b', input: '$missing' } }, undefined],
    [{ $getField: { field: 'b', input: null } }, null],
    [{ $getField: { field: 'b', input: 5 } }, undefined],
    [{ $getField: { field: 5 } }, fails(5654602)],
    [{ $getField: { input: '$a' } }, fails(3041702)],
    [{ $getField: { field: 'a', x: 1 } }, fails(3041701)],
  ]),
  table('$setField', 'setField', [
    [{ $setField: { field: 'a.b', input: '$$ROOT', value: 1 } }, { x: 1, 'a.b': 1 }, { x: 1 }],
    [{ $setField: { field: { $literal: '$p' }, input: '$$ROOT', value: 1 } }, { $p: 1 }],
    [{ $setField: { field: 'x', input: '$$ROOT', value: '$$REMOVE' } }, {}, { x: 1 }],
    [{ $setField: { field: 'x', input: null, value: 1 } }, null],
    [{ $setField: { field: 'x', input: 5, value: 1 } }, fails(4161105)],
    [{ $setField: { field: 'x', input: {} } }, fails(4161102)],
  ]),
  table('$unsetField', 'unsetField', [
    [{ $unsetField: { field: 'a.b', input: '$$ROOT' } }, { x: 1 }, { x: 1, 'a.b': 1 }],
    [{ $unsetField: { field: 'x', input: '$missing' } }, null],
  ]),
  table('$bsonSize', 'bsonSize', [
    [{ $bsonSize: '$$ROOT' }, 5, {}],
    [{ $bsonSize: '$x' }, 12, { x: { a: 1 } }],
    [{ $bsonSize: '$x' }, null],
    [{ $bsonSize: '$x' }, fails(31393), { x: 5 }],
  ]),
  table('$binarySize', 'binarySize', [
    [{ $binarySize: '$x' }, 3, { x: bin('010203') }],
    [{ $binarySize: '$x' }, 2, { x: 'é' }],
    [{ $binarySize: '$x' }, null],
    [{ $binarySize: '$x' }, fails(51276), { x: 5 }],
  ]),
  table('$tsSecond and $tsIncrement', 'tsSecond', [
    [{ $tsSecond: '$x' }, L(7), { x: ts(7, 2) }],
    [{ $tsIncrement: '$x' }, L(2), { x: ts(7, 2) }],
    [{ $tsSecond: '$x' }, null],
    [{ $tsSecond: '$x' }, fails(5687301), { x: 1 }],
    [{ $tsIncrement: '$x' }, fails(5687302), { x: 1 }],
  ]),
];
