import { MongoError } from '../errors.ts';
import { type Doc, isNum, isPlain, show, toNumber } from '../values/index.ts';
import type { Call } from './call.ts';

const LEVELS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);
/** Commands that read at any level; all others only as they are. */
const READS = new Set(['find', 'aggregate', 'distinct', 'count', 'explain']);
const IN_TRANSACTION = new Set(['local', 'majority', 'snapshot']);

/** Commands that write nothing, so that no servers could have it. */
const WITHOUT_WRITING = new Set([
  'count',
  'distinct',
  'explain',
  'find',
  'getMore',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
]);

/** Commands whose write may be asked to be on several servers. */
const WRITES = new Set([
  'abortTransaction',
  'aggregate',
  'bulkWrite',
  'collMod',
  'commitTransaction',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'findAndModify',
  'insert',
  'renameCollection',
  'update',
]);
const ENDS = new Set(['commitTransaction', 'abortTransaction']);

const invalid = (message: string): MongoError => new MongoError(72, message);

/**
 * Checks what a command says of reading and writing on several servers.
 * @throws MongoError 9, 72
 * @see https://www.mongodb.com/docs/manual/reference/read-concern/
 * @see https://www.mongodb.com/docs/manual/reference/write-concern/
 */
export function checkConcerns(call: Call): void {
  checkReading(call);
  const { writeConcern } = call.command;
  if (!isPlain(writeConcern)) return;
  if (call.isTransactional && !ENDS.has(call.name))
    throw invalid('writeConcern is not allowed within a multi-statement transaction');
  if (WITHOUT_WRITING.has(call.name))
    throw invalid(`Command ${call.name} does not support writeConcern`);
}

function checkReading(call: Call): void {
  const concern = call.command['readConcern'];
  if (!isPlain(concern)) return;
  if (call.isTransactional && call.command['startTransaction'] !== true)
    throw invalid('Only the first command in a transaction may specify a readConcern');
  const { level } = concern;
  if (level === undefined) return;
  if (typeof level !== 'string' || !LEVELS.has(level))
    throw new MongoError(
      9,
      `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
    );
  if (call.isTransactional) {
    if (IN_TRANSACTION.has(level)) return;
    throw invalid(
      "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
    );
  }
  if (level === 'snapshot')
    throw invalid(
      `Command ${call.name} does not support { readConcern: { level: "snapshot" } } outside of a transaction`,
    );
  if (level === 'local' || READS.has(call.name)) return;
  throw invalid(
    `Command ${call.name} does not support this readConcern ${show(concern)} :: caused by :: read concern not supported`,
  );
}

/** What one server alone can not give of a write concern; the write itself has happened. */
export function unmetConcern(call: Call): Doc | undefined {
  const concern = call.command['writeConcern'];
  if (!isPlain(concern) || !WRITES.has(call.name)) return undefined;
  const { w } = concern;
  if (w === undefined || w === 'majority' || (isNum(w) && toNumber(w) <= 1)) return undefined;
  const errInfo = { writeConcern: { ...concern, provenance: 'clientSupplied' } };
  return typeof w === 'string'
    ? {
        code: 79,
        codeName: 'UnknownReplWriteConcern',
        errmsg: `No write concern mode named '${w}' found in replica set configuration`,
        errInfo,
      }
    : {
        code: 100,
        codeName: 'UnsatisfiableWriteConcern',
        errmsg: 'Not enough data-bearing nodes',
        errInfo,
      };
}
