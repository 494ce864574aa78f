import { hostname } from 'node:os';
import { ObjectId, Timestamp } from 'bson';
import { type Doc, valueAt } from '../../values/index.ts';
import { MAX_DOCUMENT_BYTES } from '../../store/index.ts';
import { MAX_MESSAGE_BYTES } from '../../wire/message.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';

/** The MongoDB version whose behaviour is followed. */
export const VERSION = '8.0.4';
/** @see https://github.com/mongodb/specifications/blob/master/source/wireversion-featurelist/wireversion-featurelist.md */
const MAX_WIRE_VERSION = 25;

export const SERVER_INFO: Doc = { host: hostname(), port: 0, version: VERSION, gitVersion: 'none' };

const SET_NAME = 'embedded';
const ELECTION = new ObjectId('7fffffff0000000000000001');

let address = 'localhost:27017';
/** Says under which address the set's one member is announced. */
export function announce(at: string): void {
  address = at;
}

/**
 * A replica set of one node, so that drivers use transactions, retryable writes, change streams.
 * @see https://www.mongodb.com/docs/manual/reference/command/hello/
 */
function sayHello(call: Call): Doc {
  const appName = valueAt(call.command, ['client', 'application', 'name']);
  if (typeof appName === 'string') call.connection.appName = appName;
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    setName: SET_NAME,
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    secondary: false,
    electionId: ELECTION,
    lastWrite: {
      opTime: { ts: new Timestamp({ t: 1, i: 1 }), t: 1 },
      lastWriteDate: new Date(),
    },
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.connection.id,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
    ok: 1,
  };
}

export const hello: Command = {
  name: 'hello',
  aliases: ['isMaster'],
  fields: ['*'],
  run: sayHello,
};

export const ping: Command = { name: 'ping', fields: [], run: () => ({ ok: 1 }) };

/** @see https://www.mongodb.com/docs/manual/reference/command/buildInfo/ */
export const buildInfo: Command = {
  name: 'buildInfo',
  fields: [],
  run: () => ({
    version: VERSION,
    gitVersion: 'none',
    modules: ['embedded-mongo'],
    allocator: 'system',
    javascriptEngine: 'none',
    versionArray: [...VERSION.split('.').map(Number), 0],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['embedded-mongo'],
  }),
};

/** @see https://www.mongodb.com/docs/manual/reference/command/replSetGetStatus/ */
export const replSetGetStatus: Command = {
  name: 'replSetGetStatus',
  fields: ['*'],
  run: () => ({
    set: SET_NAME,
    date: new Date(),
    myState: 1,
    members: [{ _id: 0, name: address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
  }),
};
