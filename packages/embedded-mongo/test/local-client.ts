import { Binary, Long, UUID } from 'bson';
import { dispatch } from '../src/commands/dispatch.ts';
import type { Database } from '../src/database.ts';
import { decode, type Doc, encode } from '../src/values/index.ts';
import type { Connection } from '../src/wire/connection.ts';
import { OP_MSG } from '../src/wire/message.ts';
import { workedMs } from './harness.ts';

type Command = Record<string, unknown>;

/** Asks a database of this process as a connection would, with neither socket nor driver between. */
export class LocalClient {
  private readonly database: Database;
  private readonly connection = { id: 1, alive: true } as unknown as Connection;
  /** The time this client has worked itself, in milliseconds of the processor. */
  ownMs = 0;

  constructor(database: Database) {
    this.database = database;
  }

  /** Runs a command; an answer that is an error, or has one of a write, is thrown. */
  async run(command: Command, lists: Record<string, readonly object[]> = {}): Promise<Doc> {
    const answer = await this.ask(command, lists);
    if (Number(answer['ok']) !== 1 || answer['writeErrors'])
      throw new Error(JSON.stringify(answer).slice(0, 1000));
    return answer;
  }

  /** Runs a command and gives its answer, whatever it is. */
  async ask(command: Command, lists: Record<string, readonly object[]> = {}): Promise<Doc> {
    const request = this.aside(() => ({
      id: 1,
      opcode: OP_MSG,
      // As it comes over the wire: numbers and dates have been BSON.
      body: decode(encode({ ...command, $db: command['$db'] ?? 'test' } as object as Doc)),
      lists: new Map(
        Object.entries(lists).map(([name, list]) => [name, list.map((doc) => encode(doc as Doc))]),
      ),
      silent: false,
    }));
    const answer = await dispatch(this.database, this.connection, request);
    return this.aside(() => {
      const document = decode(answer?.document() as Buffer);
      answer?.release();
      return document;
    });
  }

  async insert(collection: string, documents: readonly object[]): Promise<void> {
    await this.run({ insert: collection }, { documents });
  }

  /** Reads a find or an aggregate to its end and counts what it gives. */
  async count(command: Command): Promise<number> {
    const asked = 'aggregate' in command ? { ...command, cursor: {} } : command;
    let { cursor } = (await this.run(asked)) as { cursor: Doc };
    let n = (cursor['firstBatch'] as Doc[]).length;
    for (let id = cursor['id'] as Long; !Long.ZERO.eq(id); id = cursor['id'] as Long) {
      const collection = String(cursor['ns']).slice('test.'.length);
      ({ cursor } = (await this.run({ getMore: id, collection })) as { cursor: Doc });
      n += (cursor['nextBatch'] as Doc[]).length;
    }
    return n;
  }

  /** Runs `work` in a transaction, whose fields `more` gives for each command, and commits. */
  async transaction(work: (more: () => Command) => Promise<void>): Promise<void> {
    const lsid = { id: new Binary(new UUID().buffer, Binary.SUBTYPE_UUID) };
    const fields = { lsid, txnNumber: Long.ONE, autocommit: false };
    let first = true;
    await work(() => {
      const start = first ? { startTransaction: true } : {};
      first = false;
      return { ...fields, ...start };
    });
    await this.run({ commitTransaction: 1, ...fields, $db: 'admin' });
  }

  private aside<T>(work: () => T): T {
    const before = workedMs();
    const result = work();
    this.ownMs += workedMs() - before;
    return result;
  }
}
