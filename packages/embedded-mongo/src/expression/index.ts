export { compileExpression, evalExpr } from './compile.ts';
export { divide } from './arithmetic.ts';
export { expressionFields } from './fields.ts';
export { truthy } from './truth.ts';
export type { Expression, ExpressionOptions, Variables } from './types.ts';
