export { isOpDoc } from './compare.ts';
export { compile, compileElementIndex } from './compile.ts';
export { whyNot } from './why.ts';
export { fieldsOf } from './fields.ts';
export type { MatchContext, Predicate, Predicate as Pred } from './types.ts';
