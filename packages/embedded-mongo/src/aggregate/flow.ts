import type { Doc } from '../values/index.ts';
import type { Budget } from './budget.ts';
import type { Flow, Stage } from './types.ts';

/** After so many documents without output a stage lets a `null` through. */
export const BREATH = 32;

/** Takes the documents out of a flow, without its pauses. */
export function collect(flow: Flow): Doc[] {
  const out: Doc[] = [];
  for (const doc of flow) if (doc) out.push(doc);
  return out;
}

/** A stage that makes one document of each. */
export function mapped(change: (doc: Doc) => Doc): Stage {
  return function* (input) {
    for (const doc of input) yield doc && change(doc);
  };
}

/** A stage that keeps some documents; the others become pauses. */
export function filtered(keep: (doc: Doc) => boolean): Stage {
  return function* (input) {
    for (const doc of input) yield doc && keep(doc) ? doc : null;
  };
}

/** A stage that reads everything before it gives anything. */
export function gathered(take: () => { add(doc: Doc): void; result(): Flow }): Stage {
  return function* (input) {
    const into = take();
    let count = 0;
    for (const doc of input) {
      if (doc) into.add(doc);
      if (!doc || ++count % BREATH === 0) yield null;
    }
    yield* into.result();
  };
}

/**
 * Takes the documents out of a flow inside a stage, letting pauses through meanwhile.
 * @throws MongoError 292 when they are more than the stage may hold
 */
export function* gather(flow: Flow, budget: Budget): Generator<null, Doc[]> {
  const out: Doc[] = [];
  let count = 0;
  for (const doc of flow) {
    if (doc) {
      budget.take(doc);
      out.push(doc);
    }
    if (!doc || ++count % BREATH === 0) yield null;
  }
  return out;
}
