import { MongoError } from '../errors.ts';
import { expressionFields } from '../expression/index.ts';
import { projectionFields } from '../project/index.ts';
import { isNum, isPlain, toNumber, type Doc, type Numeric } from '../values/index.ts';
import { stageName } from './pipeline.ts';

/** A pipeline's beginning as a find, which can use indexes, and the rest of it. */
export interface SplitPipeline {
  filter: Doc;
  sort: Doc | undefined;
  skip: number | undefined;
  limit: number | undefined;
  rest: Doc[];
}

/** Splits leading `$match`, `$sort`, `$skip` and `$limit` stages off a pipeline. */
export function splitPipeline(pipeline: readonly Doc[]): SplitPipeline {
  const rest = pipeline.slice();
  const filters: Doc[] = [];
  const take = (name: string): Doc[string] => {
    const stage = rest[0];
    return stage && stageName(stage) === name ? stage[name] : undefined;
  };
  for (let m = take('$match'); isPlain(m); m = take('$match')) {
    filters.push(m);
    rest.shift();
  }
  const sort = take('$sort');
  if (isPlain(sort)) rest.shift();
  const skip = take('$skip');
  if (isWhole(skip)) rest.shift();
  const limit = take('$limit');
  if (limit !== undefined && isNum(limit) && toNumber(limit) === 0) {
    throw new MongoError(15958, 'the limit must be positive');
  }
  if (isWhole(limit)) rest.shift();
  return {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    sort: isPlain(sort) ? sort : undefined,
    skip: isWhole(skip) ? toNumber(skip) : undefined,
    limit: isWhole(limit) ? toNumber(limit) : undefined,
    rest,
  };
}

const isWhole = (v: Doc[string]): v is Numeric =>
  v !== undefined && isNum(v) && Number.isInteger(toNumber(v)) && toNumber(v) >= 0;

/**
 * The top-level fields that a pipeline reads of its source, so that only they need be decoded.
 * @returns null when it may read any field
 */
export function pipelineFields(pipeline: readonly Doc[]): Set<string> | null {
  const first = pipeline[0];
  if (!first) return null;
  const name = stageName(first);
  const arg = first[name];
  if (name === '$project') return projectionFields(arg);
  const out = new Set<string>();
  if (name === '$count') return out;
  if (name === '$group' || name === '$sortByCount') return expressionFields(arg, out) ? out : null;
  return null;
}
