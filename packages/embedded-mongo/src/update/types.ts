import type { Collator } from '../order/index.ts';
import type { Variables } from '../expression/index.ts';
import type { Doc, Value } from '../values/index.ts';

/** What an update command gives beside the update itself. */
export interface UpdateOptions {
  /** Conditions for `$[identifier]`; default none. */
  arrayFilters?: readonly Value[] | undefined;
  /** A collation document for comparisons of strings; default binary comparison. */
  collation?: Value;
  /** `let` variables, for pipelines; default none. */
  vars?: Variables | undefined;
  /** What `$currentDate` and `$$NOW` give; default the current time. */
  now?: Date | undefined;
  /** Whether the document is being inserted by an upsert; default false. */
  insert?: boolean | undefined;
  /** Index of the array element the filter matched, for `$`; default none. */
  pos?: number | undefined;
}

/** What differs from one document to the next. */
export interface UpdateRun {
  insert?: boolean | undefined;
  pos?: number | undefined;
}

/** A compiled update: a document in, a new document out; the old one is not touched. */
export type Update = (old: Doc, run?: UpdateRun) => Doc;

/** A place in a document that an operator changes. */
export interface Slot {
  /** Full dotted path with real indexes. */
  path: string;
  /** The last name of the path. */
  name: string;
  /** The `_id` of the document, for messages. */
  id: Value;
  has(): boolean;
  get(): Value;
  set(v: Value): void;
  remove(): void;
}

/** What operators are compiled with. */
export interface UpdateScope {
  collator: Collator | undefined;
  collation: Value;
  now: Date;
}

/** An update operator on one field. */
export interface UpdateOperator {
  /** Whether missing documents on the way are created; otherwise a missing path is left alone. */
  creates: boolean;
  /**
   * Reads and checks the argument before anything changes.
   * @throws MongoError for an argument that cannot be used
   */
  compile(arg: Value, path: string, scope: UpdateScope): (slot: Slot) => void;
}
