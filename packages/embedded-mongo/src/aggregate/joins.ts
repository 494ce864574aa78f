import { failedToParse, MongoError } from '../errors.ts';
import { type Doc, isArr, isPlain, isRegex, typeName, type Value } from '../values/index.ts';
import type { Collections, Namespace, StageScope } from './types.ts';

/**
 * The collections that a stage reads.
 * @throws MongoError 51047 where there are none
 */
export function needCollections(scope: StageScope, name: string): Collections {
  if (scope.collections) return scope.collections;
  throw new MongoError(51047, `${name} is not allowed here: no other collections can be read`);
}

/**
 * The collection that a stage names.
 * @throws MongoError 9
 */
export function namespaceOf(from: Value, name: string): Namespace {
  if (typeof from === 'string') return { coll: from };
  if (isPlain(from) && typeof from['db'] === 'string' && typeof from['coll'] === 'string') {
    return { db: from['db'], coll: from['coll'] };
  }
  throw failedToParse(
    `${name} argument 'from' must be a string, but found type: ${typeName(from)}`,
  );
}

/** A filter for documents whose field equals one of some values. */
export function joinFilter(field: string, values: readonly Value[]): Doc {
  const patterns = values.filter(isRegex);
  const plain: Doc = { [field]: { $in: values.filter((v) => !isRegex(v)) } };
  if (patterns.length === 0) return plain;
  return { $or: [plain, ...patterns.map((p): Doc => ({ [field]: { $eq: p } }))] };
}

const WRITES = ['$out', '$merge'];

/**
 * The pipeline inside a stage.
 * @throws MongoError 9 when it is none, 51047 when it would write
 */
export function innerPipeline(given: Value, name: string): Doc[] {
  if (!isArr(given)) throw failedToParse("'pipeline' option must be specified as an array");
  return given.map((stage) => {
    if (!isPlain(stage))
      throw failedToParse(`Each element of ${name}'s pipeline must be an object`);
    const write = WRITES.find((w) => Object.hasOwn(stage, w));
    if (write)
      throw new MongoError(51047, `${write} is not allowed within a ${name}'s sub-pipeline`);
    return stage;
  });
}
