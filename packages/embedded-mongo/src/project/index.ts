export { compileProject, projector } from './project.ts';
export { compileSetFields } from './setFields.ts';
export { projectionFields } from './fields.ts';
