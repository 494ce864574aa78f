import type { Table, UpdateRow, UpsertRow } from '../run.ts';
import { D, Dec, fails, L, manual, re, updatePage } from '../values.ts';

const table = (name: string, page: string, rows: UpdateRow[]): Table<UpdateRow> => ({
  name,
  page: updatePage(page),
  rows,
});

export const arrays: Table<UpdateRow>[] = [
  table('$push', 'push', [
    [{ _id: 1, s: [1] }, { $push: { s: 2 } }, { _id: 1, s: [1, 2] }],
    [{ _id: 1 }, { $push: { s: 2 } }, { _id: 1, s: [2] }],
    [{ _id: 1, s: [1] }, { $push: { s: [2, 3] } }, { _id: 1, s: [1, [2, 3]] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [90, 92] } } }, { _id: 1, s: [1, 90, 92] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [] } } }, { _id: 1, s: [1] }],
    [{ _id: 1 }, { $push: { 'a.s': 2 } }, { _id: 1, a: { s: [2] } }],
    [{ _id: 1, s: 5 }, { $push: { s: 2 } }, fails(2)],
    [{ _id: 1, s: null }, { $push: { s: 2 } }, fails(2)],
    [{ _id: 1, s: [] }, { $push: { s: { $each: 5 } } }, fails(2)],
    [{ _id: 1, s: [] }, { $push: { s: { $each: [], $foo: 1 } } }, fails(2)],
    [{ _id: 1, s: [[1], [2]] }, { $push: { 's.1': 3 } }, { _id: 1, s: [[1], [2, 3]] }],
  ]),
  table('$each with $position', 'position', [
    [
      { _id: 1, s: [100] },
      { $push: { s: { $each: [50, 60], $position: 0 } } },
      { _id: 1, s: [50, 60, 100] },
    ],
    [
      { _id: 1, s: [50, 60, 70, 100] },
      { $push: { s: { $each: [20, 30], $position: 2 } } },
      { _id: 1, s: [50, 60, 20, 30, 70, 100] },
    ],
    [
      { _id: 1, s: [50, 60, 20, 30, 70, 100] },
      { $push: { s: { $each: [90, 80], $position: -2 } } },
      { _id: 1, s: [50, 60, 20, 30, 90, 80, 70, 100] },
    ],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $position: 9 } } }, { _id: 1, s: [1, 2] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $position: -9 } } }, { _id: 1, s: [2, 1] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $position: 'x' } } }, fails(2)],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $position: 0.5 } } }, fails(2)],
  ]),
  table('$each with $slice', 'slice', [
    [
      { _id: 1, s: [40, 50, 60] },
      { $push: { s: { $each: [80, 78, 86], $slice: -5 } } },
      { _id: 1, s: [50, 60, 80, 78, 86] },
    ],
    [
      { _id: 2, s: [89, 90] },
      { $push: { s: { $each: [100, 20], $slice: 3 } } },
      { _id: 2, s: [89, 90, 100] },
    ],
    [
      { _id: 3, s: [89, 70, 100, 20] },
      { $push: { s: { $each: [], $slice: -3 } } },
      { _id: 3, s: [70, 100, 20] },
    ],
    [{ _id: 1, s: [1, 2] }, { $push: { s: { $each: [3], $slice: 0 } } }, { _id: 1, s: [] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $slice: 5 } } }, { _id: 1, s: [1, 2] }],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $slice: 'x' } } }, fails(2)],
    [{ _id: 1, s: [1] }, { $push: { s: { $each: [2], $slice: 1.5 } } }, fails(2)],
  ]),
  table('$each with $sort', 'sort', [
    [
      { _id: 2, t: [89, 70, 89, 50] },
      { $push: { t: { $each: [40, 60], $sort: 1 } } },
      { _id: 2, t: [40, 50, 60, 70, 89, 89] },
    ],
    [
      { _id: 3, t: [89, 70, 100, 20] },
      { $push: { t: { $each: [], $sort: -1 } } },
      { _id: 3, t: [100, 89, 70, 20] },
    ],
    [
      {
        _id: 1,
        q: [
          { id: 1, score: 6 },
          { id: 2, score: 9 },
        ],
      },
      {
        $push: {
          q: {
            $each: [
              { id: 3, score: 8 },
              { id: 4, score: 7 },
              { id: 5, score: 6 },
            ],
            $sort: { score: 1 },
          },
        },
      },
      {
        _id: 1,
        q: [
          { id: 1, score: 6 },
          { id: 5, score: 6 },
          { id: 4, score: 7 },
          { id: 3, score: 8 },
          { id: 2, score: 9 },
        ],
      },
    ],
    [
      { _id: 1, q: [{ a: { b: 2 } }] },
      { $push: { q: { $each: [{ a: { b: 1 } }], $sort: { 'a.b': 1 } } } },
      { _id: 1, q: [{ a: { b: 1 } }, { a: { b: 2 } }] },
    ],
    [
      {
        _id: 5,
        q: [
          { wk: 1, score: 10 },
          { wk: 2, score: 8 },
          { wk: 3, score: 5 },
          { wk: 4, score: 6 },
        ],
      },
      {
        $push: {
          q: {
            $each: [
              { wk: 5, score: 8 },
              { wk: 6, score: 7 },
              { wk: 7, score: 6 },
            ],
            $sort: { score: -1 },
            $slice: 3,
          },
        },
      },
      {
        _id: 5,
        q: [
          { wk: 1, score: 10 },
          { wk: 2, score: 8 },
          { wk: 5, score: 8 },
        ],
      },
    ],
    [
      { _id: 1, s: ['b', 1, null] },
      { $push: { s: { $each: ['a'], $sort: 1 } } },
      { _id: 1, s: [null, 1, 'a', 'b'] },
    ],
    [{ _id: 1, s: [] }, { $push: { s: { $each: [1], $sort: 2 } } }, fails(2)],
    [{ _id: 1, s: [] }, { $push: { s: { $each: [1], $sort: 'x' } } }, fails(2)],
    [{ _id: 1, s: [] }, { $push: { s: { $each: [1], $sort: {} } } }, fails(2)],
    [{ _id: 1, s: [] }, { $push: { s: { $each: [1], $sort: { a: 5 } } } }, fails(2)],
  ]),
  table('$addToSet', 'addToSet', [
    [{ _id: 1, s: ['a', 'b'] }, { $addToSet: { s: 'c' } }, { _id: 1, s: ['a', 'b', 'c'] }],
    [{ _id: 1, s: ['a', 'b'] }, { $addToSet: { s: 'a' } }, { _id: 1, s: ['a', 'b'] }],
    [{ _id: 1, s: ['a'] }, { $addToSet: { s: ['c', 'd'] } }, { _id: 1, s: ['a', ['c', 'd']] }],
    [
      { _id: 1, s: ['a'] },
      { $addToSet: { s: { $each: ['c', 'a', 'c'] } } },
      { _id: 1, s: ['a', 'c'] },
    ],
    [{ _id: 1 }, { $addToSet: { s: 1 } }, { _id: 1, s: [1] }],
    [{ _id: 1, s: [1] }, { $addToSet: { s: D(1) } }, { _id: 1, s: [1] }],
    [
      { _id: 1, s: [{ a: 1, b: 2 }] },
      { $addToSet: { s: { b: 2, a: 1 } } },
      {
        _id: 1,
        s: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
    ],
    [
      { _id: 1, s: [{ a: 1, b: 2 }] },
      { $addToSet: { s: { a: 1, b: 2 } } },
      { _id: 1, s: [{ a: 1, b: 2 }] },
    ],
    [{ _id: 1, s: [1, 1] }, { $addToSet: { s: 2 } }, { _id: 1, s: [1, 1, 2] }],
    [{ _id: 1, s: 5 }, { $addToSet: { s: 1 } }, fails(2)],
    [{ _id: 1, s: null }, { $addToSet: { s: 1 } }, fails(2)],
    [{ _id: 1, s: [] }, { $addToSet: { s: { $each: 5 } } }, fails(14)],
    [{ _id: 1, s: [] }, { $addToSet: { s: { $each: [1], $slice: 1 } } }, fails(2)],
  ]),
  table('$pop', 'pop', [
    [{ _id: 1, s: [8, 9, 10] }, { $pop: { s: -1 } }, { _id: 1, s: [9, 10] }],
    [{ _id: 1, s: [8, 9, 10] }, { $pop: { s: 1 } }, { _id: 1, s: [8, 9] }],
    [{ _id: 1, s: [] }, { $pop: { s: 1 } }, { _id: 1, s: [] }],
    [{ _id: 1 }, { $pop: { s: 1 } }, { _id: 1 }],
    [{ _id: 1, s: [1, 2] }, { $pop: { s: D(1) } }, { _id: 1, s: [1] }],
    [{ _id: 1, a: { s: [1, 2] } }, { $pop: { 'a.s': 1 } }, { _id: 1, a: { s: [1] } }],
    [{ _id: 1, s: 5 }, { $pop: { s: 1 } }, fails(14)],
    [{ _id: 1, s: null }, { $pop: { s: 1 } }, fails(14)],
    [{ _id: 1, s: [1] }, { $pop: { s: 2 } }, fails(9)],
    [{ _id: 1, s: [1] }, { $pop: { s: 0 } }, fails(9)],
    [{ _id: 1, s: [1] }, { $pop: { s: 'x' } }, fails(9)],
  ]),
  table('$pull', 'pull', [
    [{ _id: 1, f: ['a', 'b', 'c', 'b'] }, { $pull: { f: 'b' } }, { _id: 1, f: ['a', 'c'] }],
    [
      { _id: 1, f: ['apples', 'pears', 'oranges'] },
      { $pull: { f: { $in: ['apples', 'oranges'] } } },
      { _id: 1, f: ['pears'] },
    ],
    [{ _id: 1, v: [3, 5, 6, 7, 7, 8] }, { $pull: { v: { $gte: 6 } } }, { _id: 1, v: [3, 5] }],
    [
      {
        _id: 1,
        r: [
          { item: 'A', score: 5 },
          { item: 'B', score: 8 },
        ],
      },
      { $pull: { r: { score: 8, item: 'B' } } },
      { _id: 1, r: [{ item: 'A', score: 5 }] },
    ],
    [
      { _id: 1, r: [{ item: 'A', score: 5, extra: 1 }] },
      { $pull: { r: { item: 'A' } } },
      { _id: 1, r: [] },
    ],
    [
      {
        _id: 1,
        r: [
          {
            a: [
              { q: 1, x: 4 },
              { q: 2, x: 6 },
            ],
          },
          {
            a: [
              { q: 1, x: 8 },
              { q: 2, x: 9 },
            ],
          },
        ],
      },
      { $pull: { r: { a: { $elemMatch: { q: 2, x: { $gte: 8 } } } } } },
      {
        _id: 1,
        r: [
          {
            a: [
              { q: 1, x: 4 },
              { q: 2, x: 6 },
            ],
          },
        ],
      },
    ],
    [{ _id: 1, f: ['xa', 'ya', 5] }, { $pull: { f: re('^x') } }, { _id: 1, f: ['ya', 5] }],
    [{ _id: 1, f: [1, L(1), D(1), Dec('1'), 2] }, { $pull: { f: 1 } }, { _id: 1, f: [2] }],
    [{ _id: 1, f: [null, 1] }, { $pull: { f: null } }, { _id: 1, f: [1] }],
    [
      {
        _id: 1,
        f: [
          [1, 2],
          [2, 1],
        ],
      },
      { $pull: { f: [1, 2] } },
      { _id: 1, f: [[2, 1]] },
    ],
    [{ _id: 1, f: [1, 2, 3] }, { $pull: { f: { $ne: 2 } } }, { _id: 1, f: [2] }],
    [
      { _id: 1, f: [{ a: 1 }, { a: 2 }, { b: 1 }] },
      { $pull: { f: { $or: [{ a: 1 }, { b: 1 }] } } },
      { _id: 1, f: [{ a: 2 }] },
    ],
    [{ _id: 1 }, { $pull: { f: 1 } }, { _id: 1 }],
    [{ _id: 1, f: 5 }, { $pull: { f: 1 } }, fails(2)],
    [{ _id: 1, f: [1] }, { $pull: { f: { $foo: 1 } } }, fails(2)],
    [{ _id: 1, a: { f: [1, 2] } }, { $pull: { 'a.f': 1 } }, { _id: 1, a: { f: [2] } }],
  ]),
  table('$pullAll', 'pullAll', [
    [{ _id: 1, s: [0, 2, 5, 5, 1, 0] }, { $pullAll: { s: [0, 5] } }, { _id: 1, s: [2, 1] }],
    [
      {
        _id: 1,
        s: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      { $pullAll: { s: [{ a: 1, b: 2 }] } },
      { _id: 1, s: [{ b: 2, a: 1 }] },
    ],
    [{ _id: 1, s: [1] }, { $pullAll: { s: [] } }, { _id: 1, s: [1] }],
    [{ _id: 1 }, { $pullAll: { s: [1] } }, { _id: 1 }],
    [{ _id: 1, s: 5 }, { $pullAll: { s: [1] } }, fails(2)],
    [{ _id: 1, s: [1] }, { $pullAll: { s: 1 } }, fails(2)],
  ]),
  table('$ (positional)', 'positional', [
    [{ _id: 1, g: [85, 80, 80] }, { $set: { 'g.$': 82 } }, { _id: 1, g: [85, 82, 80] }, { pos: 1 }],
    [
      {
        _id: 4,
        g: [
          { g: 80, std: 8 },
          { g: 85, std: 5 },
        ],
      },
      { $set: { 'g.$.std': 6 } },
      {
        _id: 4,
        g: [
          { g: 80, std: 8 },
          { g: 85, std: 6 },
        ],
      },
      { pos: 1 },
    ],
    [{ _id: 1, g: [1] }, { $inc: { 'g.$': 1 } }, { _id: 1, g: [2] }, { pos: 0 }],
    [{ _id: 1, g: [1, 2] }, { $unset: { 'g.$': 1 } }, { _id: 1, g: [null, 2] }, { pos: 0 }],
    [{ _id: 1, g: [1] }, { $set: { 'g.$': 5 } }, fails(2)],
    [{ _id: 1, g: [1] }, { $set: { $: 5 } }, fails(2), { pos: 0 }],
    [{ _id: 1, g: [[1]] }, { $set: { 'g.$.$': 5 } }, fails(2), { pos: 0 }],
  ]),
  table('$[] (all positional)', 'positional-all', [
    [{ _id: 1, g: [85, 82, 80] }, { $inc: { 'g.$[]': 10 } }, { _id: 1, g: [95, 92, 90] }],
    [
      { _id: 1, g: [{ s: 1 }, { s: 2 }] },
      { $set: { 'g.$[].s': 0 } },
      { _id: 1, g: [{ s: 0 }, { s: 0 }] },
    ],
    [{ _id: 1, g: [[1, 2], [3]] }, { $inc: { 'g.$[].$[]': 1 } }, { _id: 1, g: [[2, 3], [4]] }],
    [{ _id: 1, g: [] }, { $inc: { 'g.$[]': 1 } }, { _id: 1, g: [] }],
    [{ _id: 1 }, { $inc: { 'g.$[]': 1 } }, fails(2)],
    [{ _id: 1, g: 5 }, { $inc: { 'g.$[]': 1 } }, fails(2)],
    [{ _id: 1, g: [1] }, { $set: { '$[]': 1 } }, fails(2)],
    [{ _id: 1, g: [1, 2] }, { $set: { 'g.$[]': 1, 'g.0': 2 } }, fails(40)],
  ]),
  table('$[identifier] (filtered positional)', 'positional-filtered', [
    [
      { _id: 1, g: [95, 102, 90, 110] },
      { $set: { 'g.$[e]': 100 } },
      { _id: 1, g: [95, 100, 90, 100] },
      { arrayFilters: [{ e: { $gte: 100 } }] },
    ],
    [
      {
        _id: 1,
        g: [
          { g: 80, m: 75 },
          { g: 85, m: 90 },
        ],
      },
      { $set: { 'g.$[e].m': 100 } },
      {
        _id: 1,
        g: [
          { g: 80, m: 75 },
          { g: 85, m: 100 },
        ],
      },
      { arrayFilters: [{ 'e.g': { $gte: 85 } }] },
    ],
    [
      {
        _id: 1,
        g: [
          { g: 80, s: 5 },
          { g: 85, s: 9 },
          { g: 90, s: 5 },
        ],
      },
      { $inc: { 'g.$[e].s': -1 } },
      {
        _id: 1,
        g: [
          { g: 80, s: 4 },
          { g: 85, s: 9 },
          { g: 90, s: 5 },
        ],
      },
      { arrayFilters: [{ $and: [{ 'e.g': 80 }, { 'e.s': 5 }] }] },
    ],
    [
      {
        _id: 1,
        g: [
          { t: 'q', q: [10, 8, 5] },
          { t: 'e', q: [9] },
        ],
      },
      { $inc: { 'g.$[t].q.$[s]': 90 } },
      {
        _id: 1,
        g: [
          { t: 'q', q: [100, 98, 5] },
          { t: 'e', q: [9] },
        ],
      },
      { arrayFilters: [{ 't.t': 'q' }, { s: { $gte: 8 } }] },
    ],
    [
      { _id: 1, g: [1, 2] },
      { $set: { 'g.$[e]': 0 } },
      { _id: 1, g: [1, 2] },
      { arrayFilters: [{ e: 9 }] },
    ],
    [
      { _id: 1, g: [{ b: [1, 5] }] },
      { $pull: { 'g.$[e].b': 5 } },
      { _id: 1, g: [{ b: [1] }] },
      { arrayFilters: [{ 'e.b': 5 }] },
    ],
    [{ _id: 1, g: [1] }, { $set: { 'g.$[e]': 0 } }, fails(2)],
    [{ _id: 1, g: [1] }, { $set: { 'g.$[]': 0 } }, fails(9), { arrayFilters: [{ e: 1 }] }],
    [
      { _id: 1, g: [1] },
      { $set: { 'g.$[e]': 0 } },
      fails(9),
      { arrayFilters: [{ e: 1 }, { e: 2 }] },
    ],
    [{ _id: 1, g: [1] }, { $set: { 'g.$[e]': 0 } }, fails(9), { arrayFilters: [{ e: 1, f: 2 }] }],
    [{ _id: 1, g: [1] }, { $set: { 'g.$[e]': 0 } }, fails(9), { arrayFilters: [{}] }],
    [{ _id: 1, g: [1] }, { $set: { 'g.$[E]': 0 } }, fails(2), { arrayFilters: [{ E: 1 }] }],
    [
      { _id: 1, g: [1] },
      { $set: { 'g.$[e]': 0 } },
      fails(2),
      { arrayFilters: [{ e: { $foo: 1 } }] },
    ],
    [{ _id: 1 }, { $set: { 'g.$[e]': 0 } }, fails(2), { arrayFilters: [{ e: 1 }] }],
    [{ _id: 1, g: 'x' }, { $set: { 'g.$[e]': 0 } }, fails(2), { arrayFilters: [{ e: 1 }] }],
  ]),
];

export const upserts: Table<UpsertRow>[] = [
  {
    name: 'upsert',
    page: manual('reference/method/db.collection.update'),
    rows: [
      [{ _id: 1 }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, b: 2 }, { $set: { a: 1 } }, { _id: 1, b: 2, a: 1 }],
      [{ _id: 1, b: { $gt: 2 } }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, b: { $eq: 2 } }, { $set: { a: 1 } }, { _id: 1, b: 2, a: 1 }],
      [{ _id: 1, b: { $in: [2] } }, { $set: { a: 1 } }, { _id: 1, b: 2, a: 1 }],
      [{ _id: 1, b: { $in: [2, 3] } }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, b: { $all: [2] } }, { $set: { a: 1 } }, { _id: 1, b: 2, a: 1 }],
      [{ $and: [{ _id: 1 }, { b: 2 }] }, { $set: { a: 1 } }, { _id: 1, b: 2, a: 1 }],
      [{ $or: [{ _id: 1 }] }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, $or: [{ b: 1 }, { b: 2 }] }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, 'b.c': 2 }, { $set: { a: 1 } }, { _id: 1, b: { c: 2 }, a: 1 }],
      [{ _id: 1, b: { c: 2 } }, { $set: { a: 1 } }, { _id: 1, b: { c: 2 }, a: 1 }],
      [{ _id: 1, b: 5 }, { $inc: { b: 1 } }, { _id: 1, b: 6 }],
      [{ _id: 1, b: re('x') }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
      [{ _id: 1, b: null }, { $set: { a: 1 } }, { _id: 1, b: null, a: 1 }],
      [{ a: 1 }, { $setOnInsert: { _id: 7, b: 1 } }, { _id: 7, a: 1, b: 1 }],
      [{ a: 1 }, { $set: { _id: 7 } }, { _id: 7, a: 1 }],
      [{ _id: 1 }, { $setOnInsert: { a: 1 }, $inc: { n: 1 } }, { _id: 1, a: 1, n: 1 }],
      [{ _id: 1 }, { $push: { s: 1 } }, { _id: 1, s: [1] }],
      [{ _id: 1 }, { $unset: { s: 1 } }, { _id: 1 }],
      [{ _id: 1, b: 2 }, { c: 3 }, { _id: 1, c: 3 }],
      [{ b: 2 }, { _id: 5, c: 3 }, { _id: 5, c: 3 }],
      [{ _id: 1, b: 2 }, [{ $set: { c: '$b' } }], { _id: 1, b: 2, c: 2 }],
      [{ _id: 1 }, { $set: { _id: 2 } }, fails(66)],
      [{ _id: 1 }, { _id: 2 }, fails(66)],
      [{ _id: 1, a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }, fails(54)],
      [{ _id: 1, a: 1, 'a.b': 2 }, { $set: { b: 1 } }, fails(54)],
      [{ _id: 1, a: 'x' }, { $inc: { a: 1 } }, fails(14)],
      [{ a: 1 }, { $set: { _id: [1] } }, fails(53)],
      [{ _id: 1, a: [1] }, { $set: { 'a.$': 5 } }, fails(2)],
      [{ _id: 1, a: [1, 2] }, { $addToSet: { a: 3 } }, { _id: 1, a: [1, 2, 3] }],
      [{ _id: { x: 1 } }, { $set: { a: 1 } }, { _id: { x: 1 }, a: 1 }],
    ],
  },
];
