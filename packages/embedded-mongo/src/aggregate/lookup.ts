import { failedToParse, MongoError } from '../errors.ts';
import { checkVariableName, compileExpression, type Variables } from '../expression/index.ts';
import { keyText } from '../order/index.ts';
import {
  type Doc,
  isArr,
  isPlain,
  own,
  show,
  spreadAt,
  typeName,
  type Value,
} from '../values/index.ts';
import { Budget } from './budget.ts';
import { gather } from './flow.ts';
import { innerPipeline, joinFilter, namespaceOf, needCollections } from './joins.ts';
import { stageOptions } from './simple.ts';
import type { Flow, Namespace, Stage, StageCompiler, StageScope } from './types.ts';
import { withPath } from './unwind.ts';

const REMEMBERED = 5000;
const SHORT = 100;

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
  const { as } = given;
  const pipeline =
    given['pipeline'] === undefined ? undefined : innerPipeline(given['pipeline'], '$lookup');
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
  const starts = pipeline?.[0];
  const ownSource = starts !== undefined && Object.hasOwn(starts, '$documents');
  if (given['from'] === undefined && !ownSource)
    throw failedToParse("missing 'from' option to $lookup stage specification");
  return {
    from: given['from'] === undefined ? undefined : namespaceOf(given['from'], '$lookup'),
    as: as.split('.'),
    local: local?.split('.'),
    foreign,
    let: readLet(given['let'], scope),
    pipeline: pipeline ?? [],
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
    const found = yield* gather(
      foreignDocuments(lookup, values, variables, scope),
      new Budget('$lookup', scope.memoryBytes),
    );
    // Short results come again most often, and long ones would fill the memory.
    if (known.size < REMEMBERED && found.length <= SHORT) known.set(key, found);
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
  const { coll, db } = given as Doc;
  const pipeline = innerPipeline((given as Doc)['pipeline'] ?? [], '$unionWith');
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
    yield* collections.aggregate(from, pipeline, scope.variables);
  };
};
