import { hostname, totalmem } from 'node:os';
import { TRANSACTION_LIFETIME_MS } from '../../txn/transactions.ts';
import { MongoError } from '../../errors.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { VERSION } from './identity.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/getParameter/ */
export const getParameter: Command = {
  name: 'getParameter',
  fields: ['*'],
  run: (call) => ({
    enableTestCommands: true,
    acceptApiVersion2: false,
    requireApiVersion: false,
    featureCompatibilityVersion: { version: VERSION.split('.').slice(0, 2).join('.') },
    ...('transactionLifetimeLimitSeconds' in call.command
      ? { transactionLifetimeLimitSeconds: TRANSACTION_LIFETIME_MS / 1000 }
      : {}),
  }),
};

const constant = (name: string, answer: () => ReturnType<Command['run']>): Command => ({
  name,
  fields: ['*'],
  run: answer,
});

/** Commands that tools ask and that have one answer here. */
export const CONSTANTS: readonly Command[] = [
  // A test of a driver asks for it; there is nothing to set.
  constant('setParameter', () => ({ was: 0 })),
  constant('getLog', () => ({ totalLinesWritten: 0, log: [] })),
  constant('getCmdLineOpts', () => ({ argv: ['embedded-mongo'], parsed: {} })),
  constant('hostInfo', () => ({
    system: {
      currentTime: new Date(),
      hostname: hostname(),
      memSizeMB: Math.round(totalmem() / 1048576),
    },
    os: { type: process.platform },
    extra: {},
  })),
  constant('connectionStatus', () => ({
    authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  })),
  constant('getLastError', () => ({ n: 0, err: null })),
  constant('fsync', () => ({ numFiles: 1 })),
];

/** @see https://www.mongodb.com/docs/manual/reference/command/whatsmyuri/ */
export const whatsMyUri: Command = {
  name: 'whatsmyuri',
  fields: [],
  run: (call) => ({ you: `socket:${call.connection.id}` }),
};

/**
 * Ends what `$currentOp` names by its `opid`; one that is over already is none of its business.
 * @see https://www.mongodb.com/docs/manual/reference/command/killOp/
 */
export const killOp: Command = {
  name: 'killOp',
  fields: ['op'],
  run: (call) => {
    const op = new Arguments('killOp', call.command).count('op', -Infinity);
    if (op === undefined) throw new MongoError(4, 'Did not provide "op" field');
    for (const each of call.database.running) if (each.opid === op) each.kill();
    return { info: 'attempting to kill op' };
  },
};
