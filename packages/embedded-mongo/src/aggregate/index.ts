export { collect } from './flow.ts';
export { canGroup, Group } from './group.ts';
export { compilePipeline, runPipeline, stageName, validatePipeline } from './pipeline.ts';
export { pipelineFields, splitPipeline, type SplitPipeline } from './split.ts';
export { compileExpression, evalExpr, expressionFields } from '../expression/index.ts';
export type { Collections, Flow, Namespace, PipelineOptions, Stage } from './types.ts';
