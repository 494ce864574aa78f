import { MongoError } from '../errors.ts';
import { truthy } from '../expression/index.ts';
import { compile, isOpDoc } from '../match/index.ts';
import { equal } from '../order/index.ts';
import {
  type Collection,
  type CollectionIndex,
  ID_INDEX,
  type IndexSpec,
  isWildcard,
} from '../store/index.ts';
import { type Doc, isNum, isPlain, isRegex, show, toNumber, type Value } from '../values/index.ts';

const OPTIONS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'background',
  'v',
  'ns',
  'hidden',
]);

/** Kinds of index that may be declared, though no query can use them. */
const INERT = new Set(['text', '2d', '2dsphere']);

const INERT_OPTIONS = new Set([
  'wildcardProjection',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
]);

/** Options of kinds of index that do not exist here. */
const FOREIGN = new Set(['bucketSize', 'storageEngine', 'clustered', 'prepareUnique']);

// They say nothing here: builds never block, and there is one format.
const DROPPED = new Set(['background', 'ns', 'v']);

/**
 * Reads one entry of createIndexes.
 * @throws MongoError 67, 85, 197 and others in MongoDB's words
 * @see https://www.mongodb.com/docs/manual/reference/command/createIndexes/
 */
export function readIndexSpec(given: Doc, c: Collection): IndexSpec {
  const { key, name } = given;
  if (!isPlain(key) || !Object.keys(key).length)
    throw new MongoError(67, 'Index keys cannot be empty.');
  if (typeof name !== 'string' || !name)
    throw new MongoError(9, "The 'name' field is a required property of an index specification");
  for (const option of Object.keys(given)) {
    if (OPTIONS.has(option) || (isInert(key) && INERT_OPTIONS.has(option))) continue;
    if (INERT_OPTIONS.has(option))
      throw new MongoError(67, `Index option '${option}' does not go with this kind of index.`);
    if (FOREIGN.has(option)) throw new MongoError(67, `Index option '${option}' is not supported.`);
    throw new MongoError(
      197,
      `The field '${option}' is not valid for an index specification. Specification: ${show(given)}`,
    );
  }
  for (const [field, direction] of Object.entries(key)) checkField(field, direction);
  checkOptions(given, key);
  const spec: IndexSpec = { v: 2, key, name };
  if (c.options['collation'] !== undefined && given['collation'] === undefined)
    spec['collation'] = c.options['collation'];
  for (const [option, value] of Object.entries(given))
    if (!DROPPED.has(option)) spec[option] = value;
  for (const option of ['unique', 'sparse', 'hidden'])
    if (option in spec) spec[option] = Boolean(Number(spec[option]));
  return spec;
}

function checkField(field: string, direction: Value): void {
  if (!field || field.split('.').some((part) => !part))
    throw new MongoError(67, 'Index keys cannot contain an empty field.');
  if (!isWildcard(field) && (field.startsWith('$') || field.includes('.$')))
    throw new MongoError(
      67,
      `Index key contains an illegal field name: field name starts with '$'.`,
    );
  if (typeof direction === 'string') {
    if (INERT.has(direction) || direction === 'hashed') return;
    throw new MongoError(
      67,
      `Values in v:2 index key pattern cannot be of type string. Unknown index plugin '${direction}'`,
    );
  }
  if (!isNum(direction))
    throw new MongoError(
      67,
      `Values in v:2 index key pattern must be numbers, not ${show(direction)}`,
    );
  const n = toNumber(direction);
  if (n === 0 || Number.isNaN(n))
    throw new MongoError(67, 'Values in the index key pattern cannot be 0.');
}

const isInert = (key: Doc): boolean =>
  Object.entries(key).some(
    ([field, direction]) =>
      isWildcard(field) || (typeof direction === 'string' && INERT.has(direction)),
  );

function checkOptions(given: Doc, key: Doc): void {
  const special = Object.keys(key).some((field) => isWildcard(field))
    ? 'wildcard'
    : Object.values(key).find((direction) => typeof direction === 'string');
  if (special !== undefined && given['unique'])
    throw new MongoError(67, `Index type '${String(special)}' does not support the unique option`);
  const seconds = given['expireAfterSeconds'];
  if (seconds !== undefined) {
    if (Object.keys(key).length > 1)
      throw new MongoError(
        67,
        'TTL indexes are single-field indexes, compound indexes do not support TTL.',
      );
    if (!isNum(seconds) || !(toNumber(seconds) >= 0) || toNumber(seconds) > 0x7fffffff)
      throw new MongoError(
        67,
        `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different value than ${show(seconds)}`,
      );
  }
  const partial = given['partialFilterExpression'];
  if (partial === undefined) return;
  if (!isPlain(partial))
    throw new MongoError(14, "The field 'partialFilterExpression' must be an object");
  if (given['sparse'])
    throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  compile(partial);
  checkPartial(partial);
}

const PARTIAL = new Set(['$eq', '$exists', '$gt', '$gte', '$in', '$lt', '$lte', '$type']);
const BRANCHES = new Set(['$and', '$or']);

/**
 * @throws MongoError 67 when a partial index may not have such a filter
 * @see https://www.mongodb.com/docs/manual/core/index-partial/
 */
function checkPartial(filter: Doc): void {
  const refuse = (what: string): never => {
    throw new MongoError(67, `unsupported expression in partial index: ${what}`);
  };
  for (const [path, value] of Object.entries(filter)) {
    if (BRANCHES.has(path)) for (const part of value as Doc[]) checkPartial(part);
    else if (path.startsWith('$')) refuse(path);
    else if (isRegex(value)) refuse('$regex');
    else if (isOpDoc(value))
      for (const [operator, bound] of Object.entries(value as Doc))
        if (!PARTIAL.has(operator) || (operator === '$exists' && !truthy(bound))) refuse(operator);
  }
}

/** What a collation is unless it says otherwise. */
const COLLATION = { locale: '', strength: 3, caseLevel: false, numericOrdering: false };

/** What tells two indexes over the same key apart: both may exist, under different names. */
const signature = (spec: Doc): Doc => ({
  key: spec['key'],
  unique: Boolean(spec['unique']),
  sparse: Boolean(spec['sparse']),
  partialFilterExpression: spec['partialFilterExpression'] ?? null,
  collation: spec['collation'] ? { ...COLLATION, ...(spec['collation'] as Doc) } : null,
});

/** What does not: an index that differs in nothing else is the same one, set otherwise. */
const settings = (spec: Doc): Doc => ({ expireAfterSeconds: spec['expireAfterSeconds'] ?? null });

/**
 * The index that a specification asks for, if there is one already.
 * @throws MongoError 85, 86 when one like it is in the way
 */
export function existingIndex(c: Collection, spec: IndexSpec): CollectionIndex | undefined {
  const keyFields = Object.keys(spec.key);
  if (keyFields.length === 1 && keyFields[0] === '_id' && Number(spec.key['_id']) === 1)
    return c.index(ID_INDEX);
  const wanted = signature(spec);
  const named = c.index(spec.name);
  const both = (other: CollectionIndex): string =>
    `Requested index: ${show(spec)}, existing index: ${show(other.spec)}`;
  if (named) {
    if (!equal(signature(named.spec), wanted))
      throw new MongoError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. ${both(named)}`,
      );
    if (equal(settings(named.spec), settings(spec))) return named;
    throw new MongoError(
      85,
      `An equivalent index already exists with the same name but different options. ${both(named)}`,
    );
  }
  const other = c.indexes.find((index) => equal(signature(index.spec), wanted));
  if (!other) return undefined;
  if (equal(settings(other.spec), settings(spec)))
    throw new MongoError(85, `Index already exists with a different name: ${other.name}`);
  throw new MongoError(
    85,
    `An equivalent index already exists with a different name and options. ${both(other)}`,
  );
}
