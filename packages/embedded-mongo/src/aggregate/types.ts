import type { Variables } from '../expression/index.ts';
import type { Collator } from '../order/index.ts';
import type { Spills } from '../spill/spills.ts';
import type { Doc, Value } from '../values/index.ts';

/**
 * Documents as they pass from stage to stage. A `null` is no document but a moment to look at the
 * clock: stages that read a lot before they give anything let one through now and then.
 */
export type Flow = Iterable<Doc | null>;

/** A compiled stage. */
export type Stage = (input: Flow) => Flow;

/** A collection that a stage names; `db` only when it names another database. */
export interface Namespace {
  db?: string;
  coll: string;
}

/** The collections that `$lookup`, `$graphLookup` and `$unionWith` read. */
export interface Collections {
  /**
   * Runs a pipeline over a collection or view; nothing comes from one that does not exist.
   * @param variables user variables for the pipeline's expressions
   */
  aggregate(from: Namespace, pipeline: Doc[], variables: Variables): Flow;
}

/** What a pipeline is run with. */
export interface PipelineOptions {
  /** User variables (`let`); default none. */
  variables?: Variables | undefined;
  /** A collation document for comparisons of strings; default binary comparison. */
  collation?: Value;
  /** `$$NOW`; default the current time. */
  now?: Date | undefined;
  /** Other collections; without it stages that need them are refused. */
  collections?: Collections | undefined;
  /** What a stage may hold in memory, in bytes; default 100 MiB. */
  memoryBytes?: number | undefined;
  /** Where a sort may put what memory does not suffice for; without it is refused. */
  spills?: Spills | undefined;
}

/** What a stage's expressions are compiled with. */
export interface ExpressionScope {
  variables?: Variables | undefined;
  collation?: Value;
  collator: Collator | undefined;
  now?: Date | undefined;
}

/** What a stage is compiled with. */
export interface StageScope extends ExpressionScope {
  variables: Variables;
  now: Date;
  collections: Collections | undefined;
  memoryBytes: number;
  spills: Spills | undefined;
  /** Compiles a pipeline inside a stage; handed in, as stages and pipelines need each other. */
  compile(pipeline: Value, scope: StageScope): Stage;
}

/** Reads a stage's argument and gives the stage. */
export type StageCompiler = (arg: Value, scope: StageScope, name: string) => Stage;
