import type { Doc } from '../../../src/values/index.ts';
import type { MatchRow, Table } from '../run.ts';
import { D, date, Dec, L, oid, queryPage } from '../values.ts';

const rule = (schema: Doc): Doc => ({ $jsonSchema: schema });
const prop = (schema: Doc): Doc => rule({ properties: { a: schema } });
const as = (...values: Doc['a'][]): Doc[] => values.map((a) => ({ a }));

export const schema: Table<MatchRow>[] = [
  {
    name: '$jsonSchema',
    page: queryPage('jsonSchema'),
    rows: [
      { filter: rule({}), yes: [{}, { a: 1 }] },
      { filter: rule({ required: ['a', 'b'] }), yes: [{ a: 1, b: null }], no: [{}, { a: 1 }] },
      { filter: prop({ bsonType: 'int' }), yes: [{}, ...as(1)], no: as('x', 1.5, L(1), null) },
      { filter: prop({ bsonType: ['string', 'null'] }), yes: [{}, ...as('x', null)], no: as(1) },
      { filter: prop({ bsonType: 'number' }), yes: as(1, 1.5, L(1), Dec('1')), no: as('1') },
      { filter: prop({ bsonType: 'objectId' }), yes: as(oid('1')), no: as('x') },
      { filter: prop({ bsonType: 'date' }), yes: as(date('2020-01-01T00:00:00Z')), no: as(1) },
      { filter: prop({ type: 'boolean' }), yes: as(true), no: as(1) },
      { filter: prop({ type: 'string' }), yes: as('x'), no: as(1) },
      { filter: prop({ type: ['object', 'array'] }), yes: as({}, []), no: as(1) },
      {
        filter: prop({ enum: [1, 'x', null] }),
        yes: [{}, ...as(1, D(1), 'x', null)],
        no: as(2, 'y'),
      },
      { filter: prop({ minimum: 5 }), yes: as(5, 6, 'x'), no: as(4) },
      { filter: prop({ minimum: 5, exclusiveMinimum: true }), yes: as(6), no: as(5) },
      { filter: prop({ maximum: 5 }), yes: as(5, 'x'), no: as(6) },
      { filter: prop({ maximum: 5, exclusiveMaximum: true }), yes: as(4), no: as(5) },
      { filter: prop({ multipleOf: 3 }), yes: as(9, 'x'), no: as(10) },
      { filter: prop({ minLength: 2 }), yes: as('ab', '😀😀', 5), no: as('a', '😀') },
      { filter: prop({ maxLength: 2 }), yes: as('ab', 5), no: as('abc') },
      { filter: prop({ pattern: '^x' }), yes: as('xy', 5), no: as('yx') },
      { filter: prop({ items: { bsonType: 'int' } }), yes: as([1, 2], [], 5), no: as([1, 'x']) },
      {
        filter: prop({ items: [{ bsonType: 'int' }, { bsonType: 'string' }] }),
        yes: as([1, 'x', null], [1]),
        no: as(['x', 1]),
      },
      {
        filter: prop({ items: [{ bsonType: 'int' }], additionalItems: false }),
        yes: as([1]),
        no: as([1, 2]),
      },
      {
        filter: prop({ items: [{ bsonType: 'int' }], additionalItems: { bsonType: 'string' } }),
        yes: as([1, 'x']),
        no: as([1, 2]),
      },
      { filter: prop({ minItems: 1 }), yes: as([1], 5), no: as([]) },
      { filter: prop({ maxItems: 1 }), yes: as([1]), no: as([1, 2]) },
      { filter: prop({ uniqueItems: true }), yes: as([1, 2]), no: as([1, D(1)]) },
      {
        filter: rule({ additionalProperties: false, properties: { _id: {}, a: {} } }),
        yes: [{ _id: 1, a: 1 }],
        no: [{ _id: 1, b: 1 }],
      },
      {
        filter: rule({ additionalProperties: { bsonType: 'int' }, properties: { a: {} } }),
        yes: [{ a: 'x', b: 1 }],
        no: [{ b: 'x' }],
      },
      {
        filter: rule({ patternProperties: { '^n': { bsonType: 'int' } } }),
        yes: [{ n1: 1, x: 'x' }],
        no: [{ n1: 'x' }],
      },
      { filter: rule({ minProperties: 2 }), yes: [{ a: 1, b: 1 }], no: [{ a: 1 }] },
      { filter: rule({ maxProperties: 1 }), yes: [{ a: 1 }], no: [{ a: 1, b: 1 }] },
      { filter: rule({ dependencies: { a: ['b'] } }), yes: [{}, { a: 1, b: 1 }], no: [{ a: 1 }] },
      {
        filter: rule({ allOf: [{ required: ['a'] }, { required: ['b'] }] }),
        yes: [{ a: 1, b: 1 }],
        no: [{ a: 1 }],
      },
      {
        filter: rule({ anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
        yes: [{ a: 1 }, { b: 1 }],
        no: [{}],
      },
      {
        filter: rule({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
        yes: [{ a: 1 }],
        no: [{ a: 1, b: 1 }, {}],
      },
      { filter: rule({ not: { required: ['a'] } }), yes: [{}], no: [{ a: 1 }] },
      {
        filter: prop({
          bsonType: 'object',
          required: ['b'],
          properties: { b: { bsonType: 'string' } },
        }),
        yes: as({ b: 'x' }),
        no: as({}, { b: 1 }, 5),
      },
      { filter: rule({ title: 'x', description: 'y' }), yes: [{}] },
      { filter: rule({ foo: 1 }), error: 9 },
      { filter: rule({ $ref: 'x' }), error: 9 },
      { filter: rule({ format: 'x' }), error: 9 },
      { filter: rule({ required: [] }), error: 9 },
      { filter: rule({ required: 'a' }), error: 14 },
      { filter: rule({ properties: 1 }), error: 14 },
      { filter: prop({ minLength: -1 }), error: 9 },
      { filter: prop({ type: 'integer' }), error: 2 },
      { filter: prop({ bsonType: 'foo' }), error: 2 },
      { filter: prop({ exclusiveMinimum: true }), error: 9 },
      { filter: { $jsonSchema: 1 }, error: 14 },
    ],
  },
];
