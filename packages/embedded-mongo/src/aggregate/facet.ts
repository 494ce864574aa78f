import { MongoError } from '../errors.ts';
import { isArr, isPlain, setOwn, typeName, type Doc } from '../values/index.ts';
import { Budget } from './budget.ts';
import { gather } from './flow.ts';
import type { Stage, StageCompiler } from './types.ts';

const NOT_INSIDE = new Set([
  '$facet',
  '$out',
  '$merge',
  '$geoNear',
  '$collStats',
  '$indexStats',
  '$planCacheStats',
  '$changeStream',
]);

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/facet/ */
export const $facet: StageCompiler = (arg, scope) => {
  if (!isPlain(arg) || Object.keys(arg).length === 0) {
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = Object.keys(arg).map((name): { name: string; run: Stage } => {
    const pipeline = arg[name];
    if (!isArr(pipeline)) {
      throw new MongoError(
        40170,
        `arguments to $facet must be arrays, ${name} is type ${typeName(pipeline)}`,
      );
    }
    if (name.includes('.'))
      throw new MongoError(
        40235,
        `Invalid $facet :: caused by :: The field name '${name}' cannot contain '.'`,
      );
    if (name.startsWith('$'))
      throw new MongoError(16410, "FieldPath field names may not start with '$'.");
    for (const stage of pipeline) {
      const inner = isPlain(stage) ? (Object.keys(stage)[0] ?? '') : '';
      if (NOT_INSIDE.has(inner)) {
        throw new MongoError(40600, `${inner} is not allowed to be used within a $facet stage`);
      }
    }
    return { name, run: scope.compile(pipeline, scope) };
  });
  return function* (input) {
    const budget = new Budget('$facet', scope.memoryBytes);
    const docs = yield* gather(input, budget);
    const out: Doc = {};
    for (const { name, run } of facets) setOwn(out, name, yield* gather(run(docs), budget));
    yield out;
  };
};
