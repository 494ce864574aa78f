import type { Command } from './command.ts';
import { aggregate } from './read/aggregate.ts';
import { count } from './read/count.ts';
import { distinct } from './read/distinct.ts';
import { explain } from './read/explain.ts';
import { find } from './read/find.ts';
import { getMore, killCursors } from './read/get-more.ts';
import { collMod } from './schema/coll-mod.ts';
import { create } from './schema/create.ts';
import { drop, dropDatabase, renameCollection } from './schema/drop.ts';
import { createIndexes, dropIndexes, listIndexes } from './schema/indexes.ts';
import { listCollections, listDatabases } from './schema/list.ts';
import { embeddedExpire, embeddedSnapshot, embeddedStats } from './server/embedded.ts';
import { configureFailPoint } from './server/fail-point.ts';
import { buildInfo, hello, ping, replSetGetStatus } from './server/identity.ts';
import { CONSTANTS, getParameter, killOp, whatsMyUri } from './server/settings.ts';
import { collStats, dbStats, serverStatus, validate } from './server/status.ts';
import {
  endSessions,
  killAllSessions,
  killSessions,
  refreshSessions,
  startSession,
} from './session/sessions.ts';
import { abortTransaction, commitTransaction } from './session/transactions.ts';
import { bulkWrite } from './write/bulk-write.ts';
import { remove } from './write/delete.ts';
import { findAndModify } from './write/find-and-modify.ts';
import { insert } from './write/insert.ts';
import { update } from './write/update.ts';

/** Every command; a name that is not here is refused. */
export const COMMANDS: readonly Command[] = [
  aggregate,
  count,
  distinct,
  explain,
  find,
  getMore,
  killCursors,
  bulkWrite,
  remove,
  findAndModify,
  insert,
  update,
  collMod,
  create,
  createIndexes,
  drop,
  dropDatabase,
  dropIndexes,
  listCollections,
  listDatabases,
  listIndexes,
  renameCollection,
  abortTransaction,
  commitTransaction,
  endSessions,
  killAllSessions,
  killSessions,
  refreshSessions,
  startSession,
  buildInfo,
  collStats,
  configureFailPoint,
  dbStats,
  embeddedExpire,
  embeddedSnapshot,
  embeddedStats,
  getParameter,
  hello,
  killOp,
  ping,
  replSetGetStatus,
  serverStatus,
  validate,
  whatsMyUri,
  ...CONSTANTS,
];
