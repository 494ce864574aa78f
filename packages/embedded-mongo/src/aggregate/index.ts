export { collect } from './flow.ts';
export { canGroup, Group } from './group.ts';
export { compilePipeline, runPipeline, stageName, validatePipeline } from './pipeline.ts';
export { pipelineFields, splitPipeline, type SplitPipeline } from './split.ts';
export {
  mergeKey,
  splitWrite,
  type MergeTarget,
  type OutTarget,
  type SplitWrite,
} from './write.ts';
export { compileExpression, evalExpr, expressionFields } from '../expression/index.ts';
export type { Collections, Flow, Namespace, PipelineOptions, Stage } from './types.ts';
