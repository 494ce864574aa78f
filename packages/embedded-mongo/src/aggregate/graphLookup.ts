import { Long } from 'bson';
import { failedToParse, MongoError } from '../errors.ts';
import { compileExpression } from '../expression/index.ts';
import { keyText } from '../order/index.ts';
import {
  type Doc,
  isArr,
  isIntegral,
  isNum,
  isPlain,
  own,
  show,
  spreadAt,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { Budget } from './budget.ts';
import { gather } from './flow.ts';
import { joinFilter, namespaceOf, needCollections } from './joins.ts';
import type { Flow, StageCompiler } from './types.ts';
import { withPath } from './unwind.ts';

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
        const budget = new Budget('$graphLookup', scope.memoryBytes);
        const found = yield* walkGraph(start(doc), (values) => gather(reach(values), budget), {
          connectFrom,
          deepest,
          depthField,
        });
        yield withPath(doc, as, found);
      }
    }
  };
};

interface Walk {
  connectFrom: readonly string[];
  deepest: number;
  depthField: readonly string[] | undefined;
}

function* walkGraph(
  start: Value,
  reach: (values: Value[]) => Generator<null, Doc[]>,
  { connectFrom, deepest, depthField }: Walk,
): Generator<null, Doc[]> {
  const found = new Map<string, Doc>();
  const asked = new Set<string>();
  let frontier = isArr(start) ? start : [start === undefined ? null : start];
  for (let depth = 0; frontier.length > 0 && depth <= deepest; depth++) {
    const fresh = frontier.filter((v) => !asked.has(keyText(v)));
    for (const v of fresh) asked.add(keyText(v));
    frontier = [];
    for (const doc of fresh.length > 0 ? yield* reach(fresh) : []) {
      const id = keyText(own(doc, '_id'));
      if (found.has(id)) continue;
      found.set(id, depthField ? withPath(doc, depthField, Long.fromNumber(depth)) : doc);
      frontier.push(...spreadAt(doc, connectFrom));
    }
  }
  return [...found.values()];
}
