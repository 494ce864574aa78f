import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { equal } from '../order/index.ts';
import {
  cmpNum,
  isArr,
  isNum,
  isPlain,
  own,
  toNumber,
  toRegExp,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { typesOf } from './element.ts';
import type { Leaf, Predicate } from './types.ts';

/** A keyword of JSON Schema: reads its argument (and its siblings) and gives a test. */
type Keyword = (arg: Value, schema: Doc, name: string) => Leaf;

/**
 * Compiles `$jsonSchema`: MongoDB's draft 4 with `bsonType`.
 * @throws MongoError 2, 9 or 14 for a schema that cannot be used
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/jsonSchema/
 */
export function jsonSchema(schema: Value): Predicate {
  if (!isPlain(schema)) throw typeMismatch('$jsonSchema must be an object');
  return schemaTest(schema);
}

/** Compiles a schema into a test of one value. */
export function schemaTest(schema: Value): Leaf {
  if (!isPlain(schema)) throw typeMismatch('$jsonSchema keyword must hold an object');
  const tests = Object.keys(schema).map((name) => {
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (keyword) return keyword(schema[name], schema, name);
    if (REFUSED.has(name)) {
      throw failedToParse(`$jsonSchema keyword '${name}' is not currently supported`);
    }
    throw failedToParse(`Unknown $jsonSchema keyword: ${name}`);
  });
  return (v) => tests.every((t) => t(v));
}

const REFUSED = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id']);

const always: Leaf = () => true;

function count(arg: Value, name: string): number {
  const n = isNum(arg) ? toNumber(arg) : Number.NaN;
  if (!Number.isInteger(n)) throw typeMismatch(`$jsonSchema keyword '${name}' must be a number`);
  if (n < 0) throw failedToParse(`$jsonSchema keyword '${name}' must be a non-negative number`);
  return n;
}

function strings(arg: Value, name: string): string[] {
  if (!isArr(arg)) throw typeMismatch(`$jsonSchema keyword '${name}' must be an array`);
  if (arg.length === 0) {
    throw failedToParse(`$jsonSchema keyword '${name}' cannot be an empty array`);
  }
  return arg.map((e) => {
    if (typeof e !== 'string') {
      throw typeMismatch(`$jsonSchema keyword '${name}' must be an array of strings`);
    }
    return e;
  });
}

function schemas(arg: Value, name: string): Leaf[] {
  if (!isArr(arg)) throw typeMismatch(`$jsonSchema keyword '${name}' must be an array`);
  if (arg.length === 0) throw badValue(`$jsonSchema keyword '${name}' must be a non-empty array`);
  return arg.map(schemaTest);
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  array: 'array',
  boolean: 'bool',
  null: 'null',
  number: 'number',
  object: 'object',
  string: 'string',
};

function typeTest(names: string[]): Leaf {
  const wanted = new Set(names);
  return (v) => v === undefined || wanted.has(typeName(v));
}

const onNumbers =
  (holds: (v: number) => boolean, compareTo: (v: Value) => number): Leaf =>
  (v) =>
    !isNum(v) || holds(compareTo(v));

function limit(arg: Value, name: string): (v: Value) => number {
  if (!isNum(arg)) throw typeMismatch(`$jsonSchema keyword '${name}' must be a number`);
  return (v) => (isNum(v) ? cmpNum(v, arg) : 0);
}

const length = (v: string): number => [...v].length;

function patternTests(schema: Doc): { pattern: RegExp; test: Leaf }[] {
  const given = schema['patternProperties'];
  if (given === undefined) return [];
  if (!isPlain(given))
    throw typeMismatch("$jsonSchema keyword 'patternProperties' must be an object");
  return Object.keys(given).map((p) => ({ pattern: toRegExp(p), test: schemaTest(given[p]) }));
}

function additional(arg: Value, schema: Doc): Leaf {
  if (arg === true) return always;
  if (arg !== false && !isPlain(arg)) {
    throw typeMismatch("$jsonSchema keyword 'additionalProperties' must be an object or a boolean");
  }
  const rest: Leaf = arg === false ? () => false : schemaTest(arg);
  const declared = new Set(Object.keys(isPlain(schema['properties']) ? schema['properties'] : {}));
  const patterns = patternTests(schema);
  return (v) =>
    !isPlain(v) ||
    Object.keys(v).every(
      (k) => declared.has(k) || patterns.some((p) => p.pattern.test(k)) || rest(v[k]),
    );
}

function dependencies(arg: Value): Leaf {
  if (!isPlain(arg)) throw typeMismatch("$jsonSchema keyword 'dependencies' must be an object");
  const rules = Object.keys(arg).map((field) => {
    const rule = arg[field];
    const names = isArr(rule) ? strings(rule, 'dependencies') : undefined;
    const test: Leaf = names
      ? (v) => isPlain(v) && names.every((n) => own(v, n) !== undefined)
      : schemaTest(rule);
    return { field, test };
  });
  return (v) => !isPlain(v) || rules.every((r) => own(v, r.field) === undefined || r.test(v));
}

function items(arg: Value, schema: Doc): Leaf {
  if (!isArr(arg)) {
    const test = schemaTest(arg);
    return (v) => !isArr(v) || v.every(test);
  }
  const each = arg.map(schemaTest);
  const beyond = schema['additionalItems'];
  const rest: Leaf =
    beyond === undefined || beyond === true
      ? always
      : beyond === false
        ? () => false
        : schemaTest(beyond);
  return (v) => !isArr(v) || v.every((e, i) => (each[i] ?? rest)(e));
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  bsonType: (arg) => typeTest((isArr(arg) ? arg : [arg]).flatMap(typesOf)),
  type: (arg) =>
    typeTest(
      (isArr(arg) ? arg : [arg]).flatMap((t) => {
        const alias = typeof t === 'string' ? JSON_TYPES[t] : undefined;
        if (alias === undefined) throw badValue(`Unknown type name alias: ${String(t)}`);
        return typesOf(alias);
      }),
    ),
  required: (arg, _schema, name) => {
    const names = strings(arg, name);
    return (v) => !isPlain(v) || names.every((n) => own(v, n) !== undefined);
  },
  properties: (arg) => {
    if (!isPlain(arg)) throw typeMismatch("$jsonSchema keyword 'properties' must be an object");
    const tests = Object.keys(arg).map((field) => ({ field, test: schemaTest(arg[field]) }));
    return (v) =>
      !isPlain(v) ||
      tests.every((t) => {
        const x = own(v, t.field);
        return x === undefined || t.test(x);
      });
  },
  patternProperties: (_arg, schema) => {
    const tests = patternTests(schema);
    return (v) =>
      !isPlain(v) ||
      Object.keys(v).every((k) => tests.every((t) => !t.pattern.test(k) || t.test(v[k])));
  },
  additionalProperties: additional,
  dependencies,
  minProperties: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => !isPlain(v) || Object.keys(v).length >= n;
  },
  maxProperties: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => !isPlain(v) || Object.keys(v).length <= n;
  },
  enum: (arg) => {
    if (!isArr(arg)) throw typeMismatch("$jsonSchema keyword 'enum' must be an array");
    if (arg.length === 0)
      throw failedToParse("$jsonSchema keyword 'enum' cannot be an empty array");
    return (v) => v === undefined || arg.some((e) => equal(e, v));
  },
  minimum: (arg, schema, name) =>
    onNumbers(schema['exclusiveMinimum'] === true ? (d) => d > 0 : (d) => d >= 0, limit(arg, name)),
  maximum: (arg, schema, name) =>
    onNumbers(schema['exclusiveMaximum'] === true ? (d) => d < 0 : (d) => d <= 0, limit(arg, name)),
  exclusiveMinimum: (_arg, schema) => {
    if (schema['minimum'] !== undefined) return always;
    throw failedToParse(
      "$jsonSchema keyword 'minimum' must be a present if exclusiveMinimum is present",
    );
  },
  exclusiveMaximum: (_arg, schema) => {
    if (schema['maximum'] !== undefined) return always;
    throw failedToParse(
      "$jsonSchema keyword 'maximum' must be a present if exclusiveMaximum is present",
    );
  },
  multipleOf: (arg, _schema, name) => {
    const n = isNum(arg) ? toNumber(arg) : Number.NaN;
    if (!(n > 0)) throw failedToParse(`$jsonSchema keyword '${name}' must have a positive value`);
    return (v) => !isNum(v) || toNumber(v) % n === 0;
  },
  minLength: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => typeof v !== 'string' || length(v) >= n;
  },
  maxLength: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => typeof v !== 'string' || length(v) <= n;
  },
  pattern: (arg) => {
    if (typeof arg !== 'string')
      throw typeMismatch("$jsonSchema keyword 'pattern' must be a string");
    const pattern = toRegExp(arg);
    return (v) => typeof v !== 'string' || pattern.test(v);
  },
  items,
  additionalItems: () => always,
  minItems: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => !isArr(v) || v.length >= n;
  },
  maxItems: (arg, _schema, name) => {
    const n = count(arg, name);
    return (v) => !isArr(v) || v.length <= n;
  },
  uniqueItems: (arg) =>
    arg !== true
      ? always
      : (v) => !isArr(v) || v.every((a, i) => !v.slice(0, i).some((b) => equal(a, b))),
  allOf: (arg, _schema, name) => {
    const list = schemas(arg, name);
    return (v) => list.every((t) => t(v));
  },
  anyOf: (arg, _schema, name) => {
    const list = schemas(arg, name);
    return (v) => list.some((t) => t(v));
  },
  oneOf: (arg, _schema, name) => {
    const list = schemas(arg, name);
    return (v) => list.filter((t) => t(v)).length === 1;
  },
  not: (arg) => {
    const test = schemaTest(arg);
    return (v) => !test(v);
  },
  title: () => always,
  description: () => always,
};
