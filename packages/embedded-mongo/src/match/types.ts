import type { Collator } from '../order/index.ts';
import type { Variables } from '../expression/index.ts';
import type { Doc, Value } from '../values/index.ts';

/** What matching tells besides yes or no. */
export interface MatchContext {
  /** Index of the array element that matched, for the positional operator `$`. */
  pos?: number;
}

/** A compiled filter. */
export type Predicate = (doc: Doc, context?: MatchContext) => boolean;

/** A test of one value; missing is `undefined`. */
export type Leaf = (v: Value) => boolean;

/** What holds for a whole filter. */
export interface FilterOptions {
  collator: Collator | undefined;
  variables: Variables | undefined;
}

/** The place operators of one field test: a path in a document, or an array's element. */
export interface Place {
  options: FilterOptions;
  /** The path's dotted text, for messages. */
  path: string;
  /** A predicate that holds if the leaf holds for any value here; `spread` opens a last array. */
  test(leaf: Leaf, spread?: boolean): Predicate;
  /** A predicate over an array here that also reports which element was found. */
  find(indexOf: (array: Value[]) => number): Predicate;
}

/** One query operator: reads its argument and gives a predicate. */
export type QueryOperator = (arg: Value, place: Place, siblings: Doc) => Predicate;
