import { UUID } from 'bson';
import { forget } from '../../session/records.ts';
import { isPlain } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import { type Call, sessionId } from '../call.ts';
import type { Command } from '../command.ts';

function named(call: Call): string[] {
  const listed = new Arguments(call.name, call.command).list(call.name) ?? [];
  return listed.filter(isPlain).map((session) => sessionId(session['id']));
}

function end(call: Call, sessions: readonly string[]): void {
  const { transactions, cursors } = call.database;
  for (const session of sessions) {
    const txn = transactions.of(session);
    if (txn) transactions.abort(txn);
    cursors.killOf(session);
  }
}

/** @see https://www.mongodb.com/docs/manual/reference/command/endSessions/ */
export const endSessions: Command = {
  name: 'endSessions',
  fields: [],
  run: async (call) => {
    const sessions = named(call);
    end(call, sessions);
    const { commits, kv } = call.database;
    if (sessions.length) await commits.write(() => forget(kv, sessions));
    return {};
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/killSessions/ */
export const killSessions: Command = {
  name: 'killSessions',
  fields: [],
  run: (call) => {
    end(call, named(call));
    return {};
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/killAllSessions/ */
export const killAllSessions: Command = {
  name: 'killAllSessions',
  fields: [],
  run: (call) => {
    call.database.transactions.abortAll();
    return {};
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/startSession/ */
export const startSession: Command = {
  name: 'startSession',
  fields: [],
  run: () => ({ id: { id: new UUID() }, timeoutMinutes: 30 }),
};

/** Sessions here live by their records; nothing has to be refreshed. */
export const refreshSessions: Command = {
  name: 'refreshSessions',
  fields: [],
  run: () => ({}),
};
