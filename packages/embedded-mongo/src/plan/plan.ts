import type { CollectionIndex, KeyRange } from '../store/index.ts';

/** Reads the whole collection in insertion order (or, reversed, from its end). */
export interface CollectionPlan {
  kind: 'collection';
  reverse: boolean;
  sorted: boolean;
}

/** Nothing can match. */
export interface EmptyPlan {
  kind: 'empty';
  sorted: true;
}

/** Reads ranges of one index. */
export interface IndexPlan {
  kind: 'index';
  index: CollectionIndex;
  ranges: KeyRange[];
  reverse: boolean;
  /** Rows come in the order that was asked for. */
  sorted: boolean;
  /**
   * Ranges have to be merged to give that order: each key's order is what follows its range's
   * common bytes, whose number this tells.
   */
  merge: number[] | null;
  /** How much of the filter the ranges use; the greatest wins. */
  score: number;
  /** How many leading fields are fixed. */
  fixed: number;
  /** The ranges hold exactly what the filter asks for: counting needs no documents. */
  exact: boolean;
}

/** The union of what several plans find. */
export interface UnionPlan {
  kind: 'union';
  plans: Plan[];
  sorted: boolean;
}

export type Plan = CollectionPlan | EmptyPlan | IndexPlan | UnionPlan;
