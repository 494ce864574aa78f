import type { Collator } from '../order/index.ts';
import type { Doc, Value } from '../values/index.ts';

/** User variables by name, without the `$$`. */
export type Variables = Readonly<Record<string, Value>>;

/** What a compiled expression reads while it runs. */
export interface Env {
  root: Value;
  /** Values of the variables that operators bind, by the slot they got when compiled. */
  slots: Value[];
}

/** A compiled expression; `undefined` is a missing value. */
export type Evaluate = (env: Env) => Value;

/** What is known while an expression is compiled. */
export interface Scope {
  readonly constants: Variables;
  readonly bound: ReadonlyMap<string, number>;
  /** Slots in use so far; shared by all scopes of one expression. */
  readonly slots: { count: number };
  /** Compiles a part of the expression; handed in, as operators and compiler need each other. */
  readonly compile: (e: Value, scope: Scope) => Evaluate;
  readonly collator: Collator | undefined;
  readonly now: Date;
}

/** What an expression may be given beside the document. */
export interface ExpressionOptions {
  /** User variables (a command's `let`); default none. */
  variables?: Variables | undefined;
  /** Collation for comparisons of strings; default binary order. */
  collator?: Collator | undefined;
  /** `$$NOW`; default the current time. */
  now?: Date | undefined;
}

/** An operator: reads its argument once and gives what evaluates it. */
export type Operator = (arg: Value, scope: Scope, name: string) => Evaluate;

/** A compiled expression over one document. */
export type Expression = (doc: Doc) => Value;
