import { ObjectId } from 'bson';
import type { Source } from '../../session/cursors.ts';
import type { Unit } from '../../store/index.ts';
import { decode, type Doc, own } from '../../values/index.ts';
import type { Call } from '../call.ts';

const BATCH = 500;

/** Databases of the server's own, into which no pipeline writes. */
export const INTERNAL: ReadonlySet<string> = new Set(['admin', 'config', 'local']);

/** Hands a source's documents over, slice by slice. */
export async function storeEach(
  call: Call,
  source: Source,
  put: (unit: Unit, doc: Doc) => void,
): Promise<void> {
  try {
    for (let done = false; !done; ) {
      const batch = await source.batch(BATCH, call);
      done = batch.done;
      let at = 0;
      await call.database.writer.run(call, (unit, end) => {
        for (; at < batch.documents.length; ) {
          put(unit, decode(batch.documents[at] as Uint8Array));
          at++;
          if (performance.now() > end) return at < batch.documents.length ? 'more' : 'done';
        }
        return 'done';
      });
    }
  } finally {
    source.close();
  }
}

/** A document with an `_id`. */
export const withId = (doc: Doc): Doc =>
  own(doc, '_id') === undefined ? { _id: new ObjectId(), ...doc } : doc;
