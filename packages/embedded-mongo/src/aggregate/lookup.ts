import { Long } from 'bson';
import { MongoError, failedToParse } from '../errors.ts';
import { checkVariableName, compileExpression, type Variables } from '../expression/index.ts';
import { keyText } from '../order/index.ts';
import {
  isArr,
  isIntegral,
  isNum,
  isPlain,
  isRegex,
  own,
  show,
  spreadAt,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { gather } from './flow.ts';
import { stageOptions } from './simple.ts';
import type { Collections, Flow, Namespace, Stage, StageCompiler, StageScope } from './types.ts';
import { withPath } from './unwind.ts';

const REMEMBERED = 5000;

function needCollections(scope: StageScope, name: string): Collections {
  if (scope.collections) return scope.collections;
  throw new MongoError(51047, `${name} is not allowed here: no other collections can be read`);
}

function namespaceOf(from: Value, name: string): Namespace {
  if (typeof from === 'string') return { coll: from };
  if (isPlain(from) && typeof from['db'] === 'string' && typeof from['coll'] === 'string') {
    return { db: from['db'], coll: from['coll'] };
  }
  throw failedToParse(
    `${name} argument 'from' must be a string, but found type: ${typeName(from)}`,
  );
}

/** What a field of a document joins on: elements of arrays one by one, null for a missing field. */
function localValues(doc: Doc, path: readonly string[]): Value[] {
  const values = spreadAt(doc, path);
  return values.length > 0 || endsInArray(doc, path) ? values : [null];
}

function endsInArray(v: Value, path: readonly string[], i = 0): boolean {
  if (isArr(v)) return true;
  const name = path[i];
  return name !== undefined && isPlain(v) && endsInArray(own(v, name), path, i + 1);
}

/** A filter for documents whose field equals one of some values. */
function joinFilter(field: string, values: readonly Value[]): Doc {
  const patterns = values.filter(isRegex);
  const plain: Doc = { [field]: { $in: values.filter((v) => !isRegex(v)) } };
  if (patterns.length === 0) return plain;
  return { $or: [plain, ...patterns.map((p): Doc => ({ [field]: { $eq: p } }))] };
}

interface Lookup {
  from: Namespace | undefined;
  as: readonly string[];
  local: readonly string[] | undefined;
  foreign: string | undefined;
  let: { name: string; value: (doc: Doc) => Value }[];
  pipeline: Doc[];
}

const LOOKUP_OPTIONS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

function readLookup(arg: Value, scope: StageScope): Lookup {
  const given = stageOptions(arg, '$lookup', LOOKUP_OPTIONS);
  const { as, pipeline } = given;
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  if (as.startsWith('$'))
    throw new MongoError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  const local = joinField(given, 'localField');
  const foreign = joinField(given, 'foreignField');
  if ((local === undefined) !== (foreign === undefined)) {
    throw failedToParse(
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  }
  if (pipeline === undefined && local === undefined) {
    throw failedToParse(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  if (pipeline !== undefined && !isArr(pipeline)) {
    throw failedToParse(`'pipeline' option must be specified as an array`);
  }
  const starts = pipeline?.[0];
  const ownSource = isPlain(starts) && Object.hasOwn(starts, '$documents');
  if (given['from'] === undefined && !ownSource)
    throw failedToParse("missing 'from' option to $lookup stage specification");
  return {
    from: given['from'] === undefined ? undefined : namespaceOf(given['from'], '$lookup'),
    as: as.split('.'),
    local: local?.split('.'),
    foreign,
    let: readLet(given['let'], scope),
    pipeline: (pipeline ?? []) as Doc[],
  };
}

function joinField(given: Doc, name: string): string | undefined {
  const v = given[name];
  if (v === undefined || typeof v === 'string') return v;
  throw failedToParse(
    `$lookup argument '${name}' must be a string, found ${show(v)}: ${typeName(v)}`,
  );
}

function readLet(given: Value, scope: StageScope): Lookup['let'] {
  if (given === undefined) return [];
  if (!isPlain(given))
    throw failedToParse(
      `$lookup argument 'let: ${show(given)}' must be an object, is type ${typeName(given)}`,
    );
  return Object.keys(given).map((name) => {
    checkVariableName(name);
    return { name, value: compileExpression(given[name], scope) };
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/lookup/ */
export const $lookup: StageCompiler = (arg, scope) => {
  const lookup = readLookup(arg, scope);
  const known = new Map<string, Doc[]>();
  const find = function* (doc: Doc): Generator<null, Doc[]> {
    const variables = variablesOf(lookup, doc, scope);
    const values = lookup.local ? localValues(doc, lookup.local) : undefined;
    const key = keyText([values ?? null, { ...variables } as Doc]);
    const remembered = known.get(key);
    if (remembered) return remembered;
    const found = yield* gather(foreignDocuments(lookup, values, variables, scope));
    if (known.size < REMEMBERED) known.set(key, found);
    return found;
  };
  return function* (input) {
    for (const doc of input) {
      if (!doc) yield null;
      else yield withPath(doc, lookup.as, (yield* find(doc)).slice());
    }
  };
};

function variablesOf(lookup: Lookup, doc: Doc, scope: StageScope): Variables {
  if (lookup.let.length === 0) return scope.variables;
  const out: Record<string, Value> = { ...scope.variables };
  for (const { name, value } of lookup.let) out[name] = value(doc);
  return out;
}

function foreignDocuments(
  lookup: Lookup,
  values: Value[] | undefined,
  variables: Variables,
  scope: StageScope,
): Flow {
  if (values?.length === 0) return [];
  if (!lookup.from) return scope.compile(lookup.pipeline, { ...scope, variables })([]);
  const join =
    values && lookup.foreign !== undefined ? [{ $match: joinFilter(lookup.foreign, values) }] : [];
  return needCollections(scope, '$lookup').aggregate(
    lookup.from,
    [...join, ...lookup.pipeline],
    variables,
  );
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/unionWith/ */
export const $unionWith: StageCompiler = (arg, scope): Stage => {
  const given =
    typeof arg === 'string'
      ? { coll: arg }
      : stageOptions(arg, '$unionWith', ['coll', 'db', 'pipeline']);
  const { coll, db, pipeline = [] } = given as Doc;
  if (!isArr(pipeline)) throw failedToParse("'pipeline' option must be specified as an array");
  if (coll === undefined) {
    const run = scope.compile(pipeline, scope);
    return function* (input) {
      yield* input;
      yield* run([]);
    };
  }
  if (typeof coll !== 'string')
    throw failedToParse('the $unionWith stage specification must name a collection');
  const collections = needCollections(scope, '$unionWith');
  const from: Namespace = typeof db === 'string' ? { db, coll } : { coll };
  return function* (input) {
    yield* input;
    yield* collections.aggregate(from, pipeline as Doc[], scope.variables);
  };
};

const GRAPH_REQUIRED = ['from', 'as', 'startWith', 'connectFromField', 'connectToField'];
const GRAPH_OPTIONS = [...GRAPH_REQUIRED, 'maxDepth', 'depthField', 'restrictSearchWithMatch'];

function graphPath(given: Doc, name: string): string {
  const v = given[name];
  if (typeof v !== 'string') {
    throw new MongoError(
      40103,
      `$graphLookup argument '${name}' must be string, found: ${typeName(v)}`,
    );
  }
  return v;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/graphLookup/ */
export const $graphLookup: StageCompiler = (arg, scope) => {
  if (!isPlain(arg))
    throw failedToParse(
      `the $graphLookup stage specification must be an object, but found ${typeName(arg)}`,
    );
  for (const name of Object.keys(arg)) {
    if (!GRAPH_OPTIONS.includes(name))
      throw new MongoError(40104, `Unknown argument to $graphLookup: ${name}`);
  }
  const missing = GRAPH_REQUIRED.find((n) => !Object.hasOwn(arg, n));
  if (missing) {
    throw new MongoError(
      40105,
      `$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.`,
    );
  }
  const as = graphPath(arg, 'as').split('.');
  const connectFrom = graphPath(arg, 'connectFromField').split('.');
  const connectTo = graphPath(arg, 'connectToField');
  const depthField =
    arg['depthField'] === undefined ? undefined : graphPath(arg, 'depthField').split('.');
  const { maxDepth, restrictSearchWithMatch: restrict } = arg;
  if (
    maxDepth !== undefined &&
    !(isNum(maxDepth) && isIntegral(maxDepth) && toNumber(maxDepth) >= 0)
  ) {
    throw new MongoError(
      40101,
      `maxDepth requires a nonnegative argument, found: ${show(maxDepth)}`,
    );
  }
  if (restrict !== undefined && !isPlain(restrict)) {
    throw new MongoError(
      40185,
      `restrictSearchWithMatch must be an object, found ${typeName(restrict)}`,
    );
  }
  const deepest = maxDepth === undefined ? Number.POSITIVE_INFINITY : toNumber(maxDepth);
  const start = compileExpression(arg['startWith'], scope);
  const from = namespaceOf(arg['from'], '$graphLookup');
  const collections = needCollections(scope, '$graphLookup');
  const reach = (values: Value[]): Flow => {
    const filters = [joinFilter(connectTo, values), ...(restrict ? [restrict] : [])];
    return collections.aggregate(from, [{ $match: { $and: filters } }], scope.variables);
  };
  return function* (input) {
    for (const doc of input) {
      if (!doc) yield null;
      else {
        const found = yield* walkGraph(start(doc), reach, connectFrom, deepest, depthField);
        yield withPath(doc, as, found);
      }
    }
  };
};

function* walkGraph(
  start: Value,
  reach: (values: Value[]) => Flow,
  connectFrom: readonly string[],
  deepest: number,
  depthField: readonly string[] | undefined,
): Generator<null, Doc[]> {
  const found = new Map<string, Doc>();
  const asked = new Set<string>();
  let frontier = isArr(start) ? start : [start === undefined ? null : start];
  for (let depth = 0; frontier.length > 0 && depth <= deepest; depth++) {
    const fresh = frontier.filter((v) => !asked.has(keyText(v)));
    for (const v of fresh) asked.add(keyText(v));
    frontier = [];
    for (const doc of fresh.length > 0 ? yield* gather(reach(fresh)) : []) {
      const id = keyText(own(doc, '_id'));
      if (found.has(id)) continue;
      found.set(id, depthField ? withPath(doc, depthField, Long.fromNumber(depth)) : doc);
      frontier.push(...spreadAt(doc, connectFrom));
    }
  }
  return [...found.values()];
}
