export { collect } from './flow.ts';
export { compilePipeline, stageName, validatePipeline } from './pipeline.ts';
export { pipelineFields, splitPipeline } from './split.ts';
export type { Collections, Flow, Namespace, PipelineOptions } from './types.ts';
