import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { Selection } from '../plan/index.ts';
import { decode, type Doc, show, type Value } from '../values/index.ts';
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
  if (change.op === 'update') addAfter(event, database, change, options['fullDocument']);
  event['ns'] =
    change.coll === undefined ? { db: change.db } : { db: change.db, coll: change.coll };
  if (change.to) event['to'] = { ...change.to };
  if (change.documentKey) event['documentKey'] = change.documentKey;
  if (change.updateDescription) event['updateDescription'] = { ...change.updateDescription };
  if (WITH_BEFORE.has(change.op)) addBefore(event, change, options['fullDocumentBeforeChange']);
  const ends =
    change.op === 'dropDatabase' ||
    (watchesCollection && (change.op === 'drop' || change.op === 'rename'));
  return ends ? [event, { ...head, operationType: 'invalidate' }] : [event];
}

const WITH_BEFORE = new Set(['update', 'replace', 'delete']);

const imageMissing = (what: string, event: Doc): MongoError =>
  new MongoError(
    47,
    `Change stream was configured to require a ${what} for all update, delete and replace events, but the ${what} was not found for event: ${show(event)}`,
    { labels: ['NonResumableChangeStreamError'] },
  );

function addAfter(event: Doc, database: Database, change: LoggedChange, wanted: Value): void {
  if (wanted === undefined || wanted === 'default') return;
  if (wanted === 'updateLookup') {
    event['fullDocument'] = lookUp(database, change);
    return;
  }
  if (wanted === 'required' && !change.images) throw imageMissing('post-image', event);
  event['fullDocument'] = change.images && change.fullDocument ? decode(change.fullDocument) : null;
}

function addBefore(event: Doc, change: LoggedChange, wanted: Value): void {
  if (wanted === undefined || wanted === 'off') return;
  if (wanted === 'required' && !change.before) throw imageMissing('pre-image', event);
  event['fullDocumentBeforeChange'] = change.before ? decode(change.before) : null;
}

/** The document as it is now. */
function lookUp(database: Database, change: LoggedChange): Doc | null {
  const c = change.coll === undefined ? undefined : database.catalog.get(change.db, change.coll);
  if (!c || !change.documentKey) return null;
  const [row] = new Selection(database.kv, c, { filter: change.documentKey, limit: 1 }).all();
  return row ? row.doc : null;
}
