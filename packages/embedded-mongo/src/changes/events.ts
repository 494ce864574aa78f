import type { Database } from '../database.ts';
import { Selection } from '../plan/index.ts';
import { decode, type Doc } from '../values/index.ts';
import type { LoggedChange } from './change-log.ts';

/**
 * A change as the documents a stream gives for it: the event, and after a drop or rename of the
 * watched collection the end of the stream.
 * @see https://www.mongodb.com/docs/manual/reference/change-events/
 */
export function documentsFor(
  database: Database,
  change: LoggedChange,
  options: Doc,
  tokenAt: (place: number) => Doc,
  watchesCollection: boolean,
): Doc[] {
  const head = {
    _id: tokenAt(change.seq),
    operationType: change.op,
    clusterTime: change.clusterTime,
    wallTime: change.wallTime,
  };
  const event: Doc = { ...head };
  if (change.fullDocument && (change.op === 'insert' || change.op === 'replace'))
    event['fullDocument'] = decode(change.fullDocument);
  if (change.op === 'update') {
    const wanted = options['fullDocument'] ?? 'default';
    if (wanted !== 'default') event['fullDocument'] = lookUp(database, change);
  }
  event['ns'] =
    change.coll === undefined ? { db: change.db } : { db: change.db, coll: change.coll };
  if (change.to) event['to'] = { ...change.to };
  if (change.documentKey) event['documentKey'] = change.documentKey;
  if (change.updateDescription) event['updateDescription'] = { ...change.updateDescription };
  const ends =
    change.op === 'dropDatabase' ||
    (watchesCollection && (change.op === 'drop' || change.op === 'rename'));
  return ends ? [event, { ...head, operationType: 'invalidate' }] : [event];
}

/** The document as it is now. */
function lookUp(database: Database, change: LoggedChange): Doc | null {
  const c = change.coll === undefined ? undefined : database.catalog.get(change.db, change.coll);
  if (!c || !change.documentKey) return null;
  const [row] = new Selection(database.kv, c, { filter: change.documentKey, limit: 1 }).all();
  return row ? row.doc : null;
}
