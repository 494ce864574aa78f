import { collatorOf } from '../order/index.ts';
import { STAGE_MEMORY } from './budget.ts';
import type { PipelineOptions, StageScope } from './types.ts';

/** Fills in what was not given. */
export function scopeOf(options: PipelineOptions, compile: StageScope['compile']): StageScope {
  return {
    variables: options.variables ?? {},
    collation: options.collation,
    collator: collatorOf(options.collation),
    now: options.now ?? new Date(),
    collections: options.collections,
    memoryBytes: options.memoryBytes ?? STAGE_MEMORY,
    spills: options.spills,
    compile,
  };
}
