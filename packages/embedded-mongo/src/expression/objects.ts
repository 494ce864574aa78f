import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import {
  encode,
  isBinary,
  isNullish,
  isPlain,
  isText,
  isTimestamp,
  own,
  setOwn,
  show,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { readNames, unaryOrNull, variadic } from './arguments.ts';
import type { Operator } from './types.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/mergeObjects/ */
const $mergeObjects = variadic((list) => {
  const out: Doc = {};
  for (const v of list) {
    if (isNullish(v)) continue;
    if (!isPlain(v)) {
      throw new MongoError(
        40400,
        `$mergeObjects requires object inputs, but input ${show(v)} is of type ${typeName(v)}`,
      );
    }
    for (const name of Object.keys(v)) setOwn(out, name, v[name]);
  }
  return out;
});

/** A field's name must be a constant: `$literal` says it is one even with a `$`. */
function fieldName(v: Value, name: string, code: number): string {
  const given = isPlain(v) && Object.hasOwn(v, '$literal') ? v['$literal'] : v;
  if (typeof given !== 'string' || (given.startsWith('$') && given === v)) {
    throw new MongoError(
      code,
      `${name} requires 'field' to evaluate to a constant String, but got ${show(given)}`,
    );
  }
  return given;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/getField/ */
const $getField: Operator = (arg, scope, name) => {
  const full = isPlain(arg) && !Object.keys(arg)[0]?.startsWith('$');
  const parts = full
    ? readNames(arg, name, ['field'], ['input'], { unknown: 3041701, missing: 3041702 })
    : { field: arg };
  const field = fieldName(parts['field'], name, 5654602);
  const input = scope.compile(parts['input'] === undefined ? '$$CURRENT' : parts['input'], scope);
  return (env) => {
    const v = input(env);
    if (v === undefined) return undefined;
    if (v === null) return null;
    return isPlain(v) ? own(v, field) : undefined;
  };
};

function setter(unset: boolean): Operator {
  return (arg, scope, name) => {
    const required = unset ? ['field', 'input'] : ['field', 'input', 'value'];
    const parts = readNames(arg, name, required, [], {
      notObject: 4161100,
      unknown: 4161101,
      missing: 4161102,
    });
    const field = fieldName(parts['field'], name, 4161107);
    const input = scope.compile(parts['input'], scope);
    const value = unset ? () => undefined : scope.compile(parts['value'], scope);
    return (env) => {
      const v = input(env);
      if (isNullish(v)) return null;
      if (!isPlain(v)) {
        throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object`);
      }
      const out: Doc = { ...v };
      const x = value(env);
      if (x === undefined) delete out[field];
      else setOwn(out, field, x);
      return out;
    };
  };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/literal/ */
const $literal: Operator = (arg) => () => arg;

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/rand/ */
const $rand: Operator = (arg, _scope, name) => {
  if (!isPlain(arg) && !(Array.isArray(arg) && arg.length === 0)) {
    throw new MongoError(3040501, `${name} does not currently accept arguments`);
  }
  return () => Math.random();
};

/** Documents, constants and sizes. */
export const OBJECTS: Readonly<Record<string, Operator>> = {
  $mergeObjects,
  $getField,
  $setField: setter(false),
  $unsetField: setter(true),
  $literal,
  $rand,
  $bsonSize: unaryOrNull((v, name) => {
    if (!isPlain(v))
      throw new MongoError(31393, `${name} requires a document input, found: ${typeName(v)}`);
    return encode(v).length;
  }),
  $binarySize: unaryOrNull((v, name) => {
    if (isText(v)) return Buffer.byteLength(String(v));
    if (isBinary(v)) return v.position;
    throw new MongoError(
      51276,
      `${name} requires a string or BinData argument, found: ${typeName(v)}`,
    );
  }),
  $tsSecond: unaryOrNull((v, name) => {
    if (isTimestamp(v)) return Long.fromNumber(v.t);
    throw new MongoError(5687301, `Argument to ${name} must be a timestamp, but is ${typeName(v)}`);
  }),
  $tsIncrement: unaryOrNull((v, name) => {
    if (isTimestamp(v)) return Long.fromNumber(v.i);
    throw new MongoError(5687302, `Argument to ${name} must be a timestamp, but is ${typeName(v)}`);
  }),
};
