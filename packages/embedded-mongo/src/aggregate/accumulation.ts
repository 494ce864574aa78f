import { compileExpression } from '../expression/index.ts';
import type { Doc, Value } from '../values/index.ts';
import type { Budget } from './budget.ts';
import type { ExpressionScope } from './types.ts';

/** What one group or window keeps of the documents that went into it. */
export interface Accumulation {
  add(doc: Doc): void;
  result(): Value;
}

/** A compiled accumulator: starts one accumulation for each group, within the stage's memory. */
export type Accumulator = (budget: Budget) => Accumulation;

/** Reads the argument of an accumulator. */
export type AccumulatorCompiler = (arg: Value, scope: ExpressionScope, name: string) => Accumulator;

/** Accumulators give null where there is no value. */
export const missingAsNull = (v: Value): Value => (v === undefined ? null : v);

/** An accumulator over the values of one expression. */
export function over(
  start: (scope: ExpressionScope, budget: Budget) => { add(v: Value): void; result(): Value },
): AccumulatorCompiler {
  return (arg, scope) => {
    const value = compileExpression(arg, scope);
    return (budget) => {
      const state = start(scope, budget);
      return { add: (doc) => state.add(value(doc)), result: () => state.result() };
    };
  };
}
