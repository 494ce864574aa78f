import { failedToParse } from '../errors.ts';
import { isArr, isPlain, type Doc, type Value } from '../values/index.ts';
import { stageOptions } from './simple.ts';
import type { StageCompiler } from './types.ts';

const METHODS: Readonly<Record<string, string>> = { linear: '$linearFill', locf: '$locf' };

/** Partition fields as the expression that `$setWindowFields` takes. */
function partitionOf(given: Doc): Value {
  const { partitionBy, partitionByFields: names } = given;
  if (names === undefined) return partitionBy;
  if (partitionBy !== undefined) {
    throw failedToParse(
      "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'",
    );
  }
  if (!isArr(names)) throw failedToParse("'partitionByFields' must be an array of strings");
  return Object.fromEntries(
    names.map((name) => {
      if (typeof name !== 'string')
        throw failedToParse("'partitionByFields' must be an array of strings");
      return [name, `$${name}`];
    }),
  );
}

/**
 * Fills gaps by means of `$setWindowFields` and `$set`.
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/fill/
 */
export const $fill: StageCompiler = (arg, scope) => {
  const given = stageOptions(arg, '$fill', [
    'partitionBy',
    'partitionByFields',
    'sortBy',
    'output',
  ]);
  const { output, sortBy } = given;
  if (!isPlain(output))
    throw failedToParse("BSON field '$fill.output' is missing but a required field");
  const windows: Record<string, Value> = {};
  const constants: Record<string, Value> = {};
  for (const field of Object.keys(output)) {
    const { value, method } = isPlain(output[field]) ? output[field] : ({} as Doc);
    if (value !== undefined) constants[field] = { $ifNull: [`$${field}`, value] };
    else {
      const operator = typeof method === 'string' ? METHODS[method] : undefined;
      if (!operator) throw failedToParse(`Method must be either locf or linear: ${field}`);
      windows[field] = { [operator]: `$${field}` };
    }
  }
  const stages: Doc[] = [];
  if (Object.keys(windows).length > 0) {
    const window: Doc = { output: windows };
    const partitionBy = partitionOf(given);
    if (partitionBy !== undefined) window['partitionBy'] = partitionBy;
    if (sortBy !== undefined) window['sortBy'] = sortBy;
    stages.push({ $setWindowFields: window });
  }
  if (Object.keys(constants).length > 0) stages.push({ $set: constants });
  return scope.compile(stages, scope);
};
