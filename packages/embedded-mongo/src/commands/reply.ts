import {
  type Batch,
  BATCH_BYTES,
  FIRST_BATCH,
  SINGLE_BATCH_BYTES,
  type Source,
} from '../session/cursors.ts';
import type { Doc } from '../values/index.ts';
import { Answer } from '../wire/answer.ts';
import type { Call } from './call.ts';

/** How a cursor begins. */
export interface Opening {
  /** The namespace it names; `<db>.<collection>`. */
  ns: string;
  source: Source;
  batchSize?: number | undefined;
  /** One batch only, whatever is left. */
  single?: boolean;
  tailing?: boolean;
  immortal?: boolean;
  /** Further fields of the answer. */
  rest?: Doc;
}

/** Answers with the first batch of a cursor and keeps the cursor if there is more. */
export async function openCursor(call: Call, opening: Opening): Promise<Answer> {
  const { ns, source } = opening;
  const { documents, done, more } = await firstBatch(call, opening);
  let id = 0n;
  if (done || opening.single) source.close();
  else {
    const dot = ns.indexOf('.');
    id = call.database.cursors.add({
      db: ns.slice(0, dot),
      collection: ns.slice(dot + 1),
      source,
      session: call.session,
      transaction: call.txn?.number,
      tailing: opening.tailing ?? false,
      immortal: opening.immortal ?? false,
    });
  }
  const cursor = more ? { id, ns, more } : { id, ns };
  return Answer.cursor(documents, 'firstBatch', cursor, opening.rest);
}

async function firstBatch(call: Call, { source, batchSize, single }: Opening): Promise<Batch> {
  const maxBytes = single ? SINGLE_BATCH_BYTES : BATCH_BYTES;
  try {
    return await source.batch(batchSize ?? FIRST_BATCH, call, maxBytes);
  } catch (error) {
    source.close();
    throw error;
  }
}
