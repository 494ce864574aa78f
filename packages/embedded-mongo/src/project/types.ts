import type { Collator } from '../order/index.ts';
import type { Variables } from '../expression/index.ts';
import type { Doc, Value } from '../values/index.ts';

/** A compiled projection: gives a new document, the old one stays as it is. */
export type Projection = (doc: Doc) => Doc;

/** What a projection's expressions are compiled with. */
export interface ProjectionOptions {
  collation?: Value;
  collator?: Collator | undefined;
  variables?: Variables | undefined;
  now?: Date | undefined;
}

/** What is done with one field. */
export type Leaf =
  | { kind: 'flag'; keep: boolean }
  | { kind: 'expression'; value: (doc: Doc) => Value; literal: boolean }
  | { kind: 'slice'; of: (array: Value[]) => Value[] }
  | { kind: 'elemMatch'; indexOf: (array: Value[]) => number };

/** A projection as a tree of field names. */
export interface Branch {
  children: Map<string, Branch | Leaf>;
}

export const isBranch = (node: Branch | Leaf): node is Branch => 'children' in node;
