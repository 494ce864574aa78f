import { MongoError } from '../errors.ts';
import { show } from '../values/index.ts';
import type { Call } from './call.ts';

/** The commands of version 1 of the stable API. */
const STABLE = new Set([
  'abortTransaction',
  'aggregate',
  'bulkWrite',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'refreshSessions',
  'update',
]);

/**
 * Holds a command against the version of the API it names.
 * @throws MongoError 72, 322, 323
 * @see https://www.mongodb.com/docs/manual/reference/stable-api/
 */
export function checkVersion(call: Call): void {
  const { apiVersion, apiStrict, apiDeprecationErrors } = call.command;
  if (apiVersion === undefined) {
    if (apiStrict === undefined && apiDeprecationErrors === undefined) return;
    const field = apiStrict === undefined ? 'apiDeprecationErrors' : 'apiStrict';
    throw new MongoError(72, `Provided ${field} without passing apiVersion`);
  }
  if (apiVersion !== '1')
    throw new MongoError(
      322,
      `API version must be "1", got ${typeof apiVersion === 'string' ? apiVersion : show(apiVersion)}`,
    );
  if (apiStrict === true && !STABLE.has(call.name))
    throw new MongoError(
      323,
      `Provided apiStrict:true, but the command ${call.name} is not in API Version 1. Information on supported commands and migrations in API Version 1 can be found at https://www.mongodb.com/docs/manual/reference/stable-api/`,
    );
}
