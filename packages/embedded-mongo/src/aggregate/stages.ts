import { $bucket, $bucketAuto } from './bucket.ts';
import { $densify } from './densify.ts';
import { $facet } from './facet.ts';
import { $group, $sortByCount } from './group.ts';
import { $fill } from './fill.ts';
import { $graphLookup } from './graphLookup.ts';
import { $lookup, $unionWith } from './lookup.ts';
import * as simple from './simple.ts';
import { $sort } from './sort.ts';
import type { StageCompiler } from './types.ts';
import { $unwind } from './unwind.ts';
import { $setWindowFields } from './window.ts';

/** All stages that work on a flow of documents. */
export const STAGES: Readonly<Record<string, StageCompiler>> = {
  $match: simple.$match,
  $project: simple.$project,
  $set: simple.$set,
  $addFields: simple.$set,
  $unset: simple.$unset,
  $limit: simple.$limit,
  $skip: simple.$skip,
  $count: simple.$count,
  $replaceRoot: simple.$replaceRoot,
  $replaceWith: simple.$replaceWith,
  $sample: simple.$sample,
  $redact: simple.$redact,
  $documents: simple.$documents,
  $sort,
  $group,
  $sortByCount,
  $unwind,
  $lookup,
  $graphLookup,
  $unionWith,
  $facet,
  $bucket,
  $bucketAuto,
  $setWindowFields,
  $densify,
  $fill,
};
