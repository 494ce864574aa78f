export { isOpDoc } from './compare.ts';
export { compile, compileElement, compileElementIndex } from './compile.ts';
export { fieldsOf } from './fields.ts';
export type { MatchContext, MatchContext as MCtx, Predicate, Predicate as Pred } from './types.ts';
// The prototype kept these beside the matcher; they belong to the values and expressions.
export { digits, own, toRegExp } from '../values/index.ts';
export { truthy } from '../expression/index.ts';
