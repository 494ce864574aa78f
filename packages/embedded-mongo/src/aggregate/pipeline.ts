import { MongoError, typeMismatch } from '../errors.ts';
import { isArr, isNum, isPlain, toNumber, type Doc, type Value } from '../values/index.ts';
import { scopeOf } from './scope.ts';
import { readSort, sortStage } from './sort.ts';
import { STAGES } from './stages.ts';
import type { Flow, PipelineOptions, Stage, StageScope } from './types.ts';

/** Stages that only the database itself can start, by looking at collections or at itself. */
const SOURCES = new Set([
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$collStats',
  '$currentOp',
  '$documents',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
  '$planCacheStats',
]);

const WRITES = new Set(['$out', '$merge']);

const NOT_OFFERED = new Set([
  '$geoNear',
  '$listSampledQueries',
  '$listSearchIndexes',
  '$rankFusion',
  '$search',
  '$searchMeta',
  '$shardedDataDistribution',
  '$vectorSearch',
]);

/** The name of a stage. */
export function stageName(stage: Value): string {
  if (!isPlain(stage)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  const [name] = names;
  if (names.length !== 1 || name === undefined) {
    throw new MongoError(
      40323,
      'A pipeline stage specification object must contain exactly one field.',
    );
  }
  return name;
}

const BRANCHES = ['$and', '$or', '$nor'];

/** Scripts are for find and its like. @throws MongoError 16395 */
function refuseWhere(filter: Value): void {
  if (!isPlain(filter)) return;
  if (Object.hasOwn(filter, '$where'))
    throw new MongoError(16395, '$where is not allowed inside of a $match aggregation expression');
  for (const name of BRANCHES) {
    const branches = filter[name];
    if (isArr(branches)) branches.forEach(refuseWhere);
  }
}

/**
 * Checks names and places of a pipeline's stages.
 * @throws MongoError 40323, 40324, 40601, 40602, 238
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/
 */
export function validatePipeline(pipeline: Value): Doc[] {
  if (!isArr(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  (pipeline as Doc[]).forEach((stage, i) => {
    const name = stageName(stage);
    if (NOT_OFFERED.has(name)) {
      throw new MongoError(238, `${name} is not supported by the embedded database`);
    }
    if (!Object.hasOwn(STAGES, name) && !SOURCES.has(name) && !WRITES.has(name)) {
      throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    }
    if (name === '$match') refuseWhere(stage[name]);
    if (WRITES.has(name) && i !== pipeline.length - 1) {
      throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    }
    if (SOURCES.has(name) && i !== 0 && name !== '$changeStreamSplitLargeEvent') {
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline.`);
    }
  });
  return pipeline as Doc[];
}

function compileStages(pipeline: readonly Doc[], scope: StageScope): Stage[] {
  const stages: Stage[] = [];
  for (let i = 0; i < pipeline.length; i++) {
    const stage = pipeline[i] as Doc;
    const name = stageName(stage);
    const compiler = STAGES[name];
    if (!compiler) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    const limit = name === '$sort' ? pipeline[i + 1]?.['$limit'] : undefined;
    if (limit !== undefined && isNum(limit)) {
      stages.push(sortStage(readSort(stage[name], scope.collator), scope, toNumber(limit)));
    } else stages.push(compiler(stage[name], scope, name));
  }
  return stages;
}

/**
 * Compiles a pipeline, so that what is wrong with it is known before any document is read.
 * `$out` and `$merge` are not part of it (see `splitWrite`).
 * @throws MongoError in MongoDB's words
 */
export function compilePipeline(pipeline: Value, options: PipelineOptions = {}): Stage {
  return compileIn(pipeline, scopeOf(options, compileIn));
}

function compileIn(pipeline: Value, scope: StageScope): Stage {
  const stages = compileStages(validatePipeline(pipeline), scope);
  return (source) => stages.reduce<Flow>((flow, stage) => stage(flow), source);
}
