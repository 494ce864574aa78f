import { MongoError } from '../errors.ts';
import { identical } from '../order/index.ts';
import type { Database } from '../database.ts';
import { type Batch, BATCH_BYTES, type Reading, type Source } from '../session/cursors.ts';
import { documentsFor } from './events.ts';
import { streamOptions } from './options.ts';
import { isPlain, isTimestamp, show, type Doc, type Value } from '../values/index.ts';
import { encode } from '../values/index.ts';

type Flow = Iterable<Doc | null>;

const TOKEN_DIGITS = 16;

/** The token that names a place among the changes. */
const tokenAt = (place: number): Doc => ({
  _data: place.toString(16).padStart(TOKEN_DIGITS, '0'),
});

const historyLost = (): MongoError =>
  new MongoError(
    286,
    'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
    { labels: ['NonResumableChangeStreamError'] },
  );

/**
 * A change stream: it tells the changes that happen while this process lives, and can be resumed
 * within that time and within the last ten thousand changes.
 * @see https://www.mongodb.com/docs/manual/changeStreams/
 */
export function changeStream(
  database: Database,
  db: string,
  collection: string | null,
  pipeline: Doc[],
  compile: (stages: Doc[]) => (flow: Flow) => Flow,
): Source {
  const { log } = database;
  const options = streamOptions(db, collection, pipeline);
  const wholeCluster = options['allChangesForCluster'] === true;
  const stages = compile(pipeline.slice(1).map((stage) => ({ ...stage })));
  log.record();
  let place = beginning(database, options);
  let invalidated = false;
  let closed = false;
  let first = true;
  let waiting: { stop(): void } | null = null;

  const take = (max: number): Uint8Array[] => {
    const documents: Uint8Array[] = [];
    let bytes = 0;
    for (const change of log.after(place)) {
      if (documents.length >= max || bytes > BATCH_BYTES || invalidated) break;
      place = change.seq;
      if (
        !wholeCluster &&
        (change.db !== db || (collection !== null && change.coll !== collection))
      )
        continue;
      const events = documentsFor(database, change, options, tokenAt, collection !== null);
      invalidated = events.some((event) => event['operationType'] === 'invalidate');
      for (const event of stages(events)) {
        if (!event) continue;
        refuseOtherId(event, tokenAt(change.seq));
        const document = encode(event);
        documents.push(document);
        bytes += document.length;
      }
    }
    return documents;
  };

  return {
    async batch(max: number, reading: Reading): Promise<Batch> {
      if (place < log.oldest) throw historyLost();
      const until = performance.now() + (first ? 0 : reading.awaitMs);
      first = false;
      for (;;) {
        const documents = take(max);
        const left = until - performance.now();
        if (documents.length || left <= 0 || closed)
          return { documents, done: invalidated, more: { postBatchResumeToken: tokenAt(place) } };
        const wait = log.wait(left);
        waiting = wait;
        await wait.promise;
        waiting = null;
      }
    },
    close() {
      closed = true;
      waiting?.stop();
    },
  };
}

function refuseOtherId(event: Doc, token: Doc): void {
  const id = event['_id'];
  if (id !== undefined && identical(id, token)) return;
  throw new MongoError(
    280,
    `Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point. Only transformations that retain the unmodified _id field are allowed. Expected: ${show({ _id: token })} but found: ${show({ _id: id })}`,
    { labels: ['NonResumableChangeStreamError'] },
  );
}

function beginning(database: Database, options: Doc): number {
  const { log } = database;
  const token = options['resumeAfter'] ?? options['startAfter'];
  if (token !== undefined) {
    const place = placeOf(token);
    if (place < log.oldest || place > log.last) throw historyLost();
    return place;
  }
  const time = options['startAtOperationTime'];
  return isTimestamp(time) ? log.placeOf(time) : log.last;
}

function placeOf(token: Value): number {
  const data = isPlain(token) ? token['_data'] : undefined;
  if (typeof data === 'string' && /^[0-9a-f]{16}$/i.test(data)) return Number.parseInt(data, 16);
  throw new MongoError(260, 'Invalid resume token');
}
