import { compilePipeline, pipelineFields, splitPipeline } from '../../aggregate/index.ts';
import type { Flow, Namespace } from '../../aggregate/index.ts';
import { MongoError } from '../../errors.ts';
import type { Variables } from '../../expression/index.ts';
import { Slice } from '../../kv/turns.ts';
import { PAUSE, type Select, type Selection } from '../../plan/index.ts';
import type { Collection } from '../../store/index.ts';
import { decode, type Doc, type Value } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { collectionOf, mayUseDisk, select } from './select.ts';

const SIMPLE = { locale: 'simple' };

// As deep as MongoDB lets views be.
const MAX_VIEW_DEPTH = 20;

/** What reads of one pipeline share. */
export class Pipelining {
  readonly call: Call;
  /** The slice in which all reads of the pipeline are. */
  readonly slice = new Slice();
  private readonly open = new Set<Selection>();
  private readonly now = new Date();
  private readonly collation: Doc | undefined;

  /** `main` is the collection or view that the pipeline begins with; its collation holds throughout. */
  constructor(call: Call, main: Collection | undefined) {
    this.call = call;
    this.collation = (call.command['collation'] ?? main?.options['collation']) as Doc | undefined;
  }

  /** Lets go of all read transactions; the flow goes on where it was. */
  suspend(): void {
    for (const selection of this.open) selection.suspend();
  }

  /** A pipeline over a collection or view, started where an index can. */
  over(from: Namespace, pipeline: Doc[], variables?: Variables, hint?: Value): Flow {
    const resolved = resolveView(this.call, from, pipeline);
    const { rest, ...select } = splitPipeline(resolved.pipeline);
    const flow = this.compile(rest, variables);
    return flow(this.read(resolved.c, { ...select, variables, hint }, pipelineFields(rest)));
  }

  /** Compiles a pipeline with what its stages may ask for. */
  compile(pipeline: Doc[], variables: Variables | undefined): (flow: Flow) => Flow {
    return compilePipeline(pipeline, {
      variables,
      collation: this.collation,
      now: this.now,
      memoryBytes: this.call.database.budget.stageBytes,
      spills: mayUseDisk(this.call) ? this.call.database.spills : undefined,
      collections: {
        aggregate: (from, inner, bound) => this.over(from, inner, bound),
      },
    });
  }

  /** The documents of a selection, only the needed fields decoded. */
  private *read(c: Collection | undefined, wanted: Select, needed: Set<string> | null): Flow {
    if (!c) return;
    const collation = this.collation ?? SIMPLE;
    const selection = select(this.call, c, { ...wanted, collation });
    this.open.add(selection);
    try {
      for (;;) {
        const row = selection.next(this.slice.end);
        if (row === undefined) return;
        if (row !== PAUSE) yield needed ? decode(row.raw, needed) : row.doc;
        if (row === PAUSE || this.slice.over) yield null;
      }
    } finally {
      selection.close();
      this.open.delete(selection);
    }
  }
}

/** Follows views down to the collection they read. */
export function resolveView(
  call: Call,
  from: Namespace,
  pipeline: Doc[],
): { c: Collection | undefined; ns: string; pipeline: Doc[] } {
  const db = from.db ?? call.db;
  let name = from.coll;
  let whole = pipeline;
  for (let depth = 0; depth < MAX_VIEW_DEPTH; depth++) {
    const c = collectionOf(call, name, db);
    if (!c?.isView) return { c, ns: `${db}.${name}`, pipeline: whole };
    whole = [...((c.options['pipeline'] as Doc[] | undefined) ?? []), ...whole];
    name = c.options['viewOn'] as string;
  }
  throw new MongoError(165, `View depth too deep or view cycle detected on ${db}.${from.coll}`);
}

/** All documents of a pipeline over a collection or view, read in slices. */
export async function documentsOf(call: Call, name: string, pipeline: Doc[]): Promise<Doc[]> {
  const pipelining = new Pipelining(call, collectionOf(call, name));
  const { slice } = pipelining;
  const out: Doc[] = [];
  slice.begin();
  for (const doc of pipelining.over({ coll: name }, pipeline, call.variables)) {
    if (doc) out.push(doc);
    if (!slice.over) continue;
    pipelining.suspend();
    await call.breathe();
    slice.begin();
  }
  return out;
}
