import { describe, expect, it } from 'vitest';
import { decode, type Doc, encode } from '../values/index.ts';
import { compile } from './compile.ts';
import { whyNot } from './why.ts';

/** Holds the explanation against the one expected, and the filter against the document. */
function explains(filter: Doc, document: Doc, details: Doc): void {
  // As stored: what comes from BSON knows its type.
  const doc = decode(encode(document));
  expect(compile(filter)(doc)).toBe(false);
  expect(whyNot(filter, doc)).toEqual(details);
}

const schema = (of: Doc): Doc => ({ $jsonSchema: of });
const rules = (...list: Doc[]): Doc => ({
  operatorName: '$jsonSchema',
  schemaRulesNotSatisfied: list,
});
const properties = (...list: Doc[]): Doc => ({
  operatorName: 'properties',
  propertiesNotSatisfied: list,
});
const gpa = { bsonType: ['double'], description: "'gpa' must be a double if the field exists" };

// https://www.mongodb.com/docs/manual/core/schema-validation/
describe('why a document does not satisfy a schema', () => {
  it.each<[string, Doc, Doc, Doc]>([
    [
      'a property of another type, with what the schema says of it',
      schema({ bsonType: 'object', title: 'Student', properties: { gpa } }),
      { gpa: 3 },
      {
        operatorName: '$jsonSchema',
        title: 'Student',
        schemaRulesNotSatisfied: [
          properties({
            propertyName: 'gpa',
            description: gpa.description,
            details: [
              {
                operatorName: 'bsonType',
                specifiedAs: { bsonType: ['double'] },
                reason: 'type did not match',
                consideredValue: 3,
                consideredType: 'int',
              },
            ],
          }),
        ],
      },
    ],
    [
      'a property that is missing beside one that is too small',
      schema({ required: ['name', 'year'], properties: { year: { minimum: 2017 } } }),
      { year: 2016 },
      rules(
        {
          operatorName: 'required',
          specifiedAs: { required: ['name', 'year'] },
          missingProperties: ['name'],
        },
        properties({
          propertyName: 'year',
          details: [
            {
              operatorName: 'minimum',
              specifiedAs: { minimum: 2017 },
              reason: 'comparison failed',
              consideredValue: 2016,
            },
          ],
        }),
      ),
    ],
    [
      'an item of an array',
      schema({ properties: { a: { items: { properties: { b: { minimum: 2 } } } } } }),
      { a: [{ b: 2 }, { b: 1 }] },
      rules(
        properties({
          propertyName: 'a',
          details: [
            {
              operatorName: 'items',
              reason: 'At least one item did not match the sub-schema',
              itemIndex: 1,
              details: [
                properties({
                  propertyName: 'b',
                  details: [
                    {
                      operatorName: 'minimum',
                      specifiedAs: { minimum: 2 },
                      reason: 'comparison failed',
                      consideredValue: 1,
                    },
                  ],
                }),
              ],
            },
          ],
        }),
      ),
    ],
    [
      'properties that are not foreseen',
      schema({ properties: { a: {} }, additionalProperties: false }),
      { a: 1, b: 1, c: 1 },
      rules({
        operatorName: 'additionalProperties',
        specifiedAs: { additionalProperties: false },
        additionalProperties: ['b', 'c'],
      }),
    ],
    [
      'each branch of anyOf',
      schema({ anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
      { c: 1 },
      rules({
        operatorName: 'anyOf',
        schemasNotSatisfied: [
          {
            index: 0,
            details: [
              {
                operatorName: 'required',
                specifiedAs: { required: ['a'] },
                missingProperties: ['a'],
              },
            ],
          },
          {
            index: 1,
            details: [
              {
                operatorName: 'required',
                specifiedAs: { required: ['b'] },
                missingProperties: ['b'],
              },
            ],
          },
        ],
      }),
    ],
    [
      'oneOf that more than one satisfies',
      schema({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
      { a: 1, b: 1 },
      rules({
        operatorName: 'oneOf',
        reason: 'more than one subschema matched',
        matchingSchemaIndexes: [0, 1],
      }),
    ],
    [
      'text that is too long and no text of the list',
      schema({ properties: { s: { maxLength: 2, enum: ['ab', 'c'] } } }),
      { s: 'abc' },
      rules(
        properties({
          propertyName: 's',
          details: [
            {
              operatorName: 'maxLength',
              specifiedAs: { maxLength: 2 },
              reason: 'specified string length was not satisfied',
              consideredValue: 'abc',
            },
            {
              operatorName: 'enum',
              specifiedAs: { enum: ['ab', 'c'] },
              reason: 'value was not found in enum',
              consideredValue: 'abc',
            },
          ],
        }),
      ),
    ],
  ])('names %s', (_what, filter, doc, details) => explains(filter, doc, details));
});

describe('why a document does not satisfy a query', () => {
  it.each<[string, Doc, Doc, Doc]>([
    [
      'a comparison',
      { a: { $gt: 5 } },
      { a: 4 },
      {
        operatorName: '$gt',
        specifiedAs: { a: { $gt: 5 } },
        reason: 'comparison failed',
        consideredValue: 4,
      },
    ],
    [
      'a field that is missing',
      { a: 5 },
      {},
      { operatorName: '$eq', specifiedAs: { a: 5 }, reason: 'field was missing' },
    ],
    [
      'a field that has to be there',
      { a: { $exists: true } },
      {},
      {
        operatorName: '$exists',
        specifiedAs: { a: { $exists: true } },
        reason: 'path does not exist',
      },
    ],
    [
      'a type',
      { a: { $type: 'string' } },
      { a: 1 },
      {
        operatorName: '$type',
        specifiedAs: { a: { $type: 'string' } },
        reason: 'type did not match',
        consideredValue: 1,
        consideredType: 'int',
      },
    ],
    [
      'a list of values',
      { status: { $in: ['Unknown', 'Incomplete'] } },
      { status: 'new' },
      {
        operatorName: '$in',
        specifiedAs: { status: { $in: ['Unknown', 'Incomplete'] } },
        reason: 'no matching value found in array',
        consideredValue: 'new',
      },
    ],
    [
      'those conditions of several that fail',
      { a: 1, b: { $gt: 1, $lt: 5 } },
      { a: 1, b: 9 },
      {
        operatorName: '$and',
        clausesNotSatisfied: [
          {
            index: 2,
            details: {
              operatorName: '$lt',
              specifiedAs: { b: { $lt: 5 } },
              reason: 'comparison failed',
              consideredValue: 9,
            },
          },
        ],
      },
    ],
    [
      'what holds although it must not',
      { a: { $not: { $gt: 5 } } },
      { a: 6 },
      {
        operatorName: '$not',
        details: {
          operatorName: '$gt',
          specifiedAs: { a: { $gt: 5 } },
          reason: 'comparison succeeded',
          consideredValue: 6,
        },
      },
    ],
    [
      'clauses of $nor that hold',
      { $nor: [{ a: 1 }, { b: 1 }] },
      { a: 2, b: 1 },
      {
        operatorName: '$nor',
        clausesSatisfied: [
          {
            index: 1,
            details: {
              operatorName: '$eq',
              specifiedAs: { b: 1 },
              reason: 'comparison succeeded',
              consideredValue: 1,
            },
          },
        ],
      },
    ],
    [
      'an expression',
      { $expr: { $eq: ['$total', { $multiply: ['$net', 2] }] } },
      { total: 5, net: 2 },
      {
        operatorName: '$expr',
        specifiedAs: { $expr: { $eq: ['$total', { $multiply: ['$net', 2] }] } },
        reason: 'expression did not match',
        expressionResult: false,
      },
    ],
  ])('names %s', (_what, filter, doc, details) => explains(filter, doc, details));
});
