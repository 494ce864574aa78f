import { hostname } from 'node:os';
import { MongoError } from '../errors.ts';
import type { Database, Running } from '../database.ts';
import { evalExpr, type Variables } from '../expression/index.ts';
import type { View } from '../kv/view.ts';
import type { Reading } from '../session/cursors.ts';
import type { Transaction } from '../txn/transaction.ts';
import type { Writing } from '../txn/writer.ts';
import type { Doc, Value } from '../values/index.ts';
import { isPlain, own } from '../values/index.ts';
import type { Connection } from '../wire/connection.ts';
import { Arguments } from './arguments.ts';

const SERVER_HOST = hostname();

let nextOpid = 1;

/** A session and the number of its write or transaction. */
export interface Numbered {
  session: string;
  number: bigint;
}

/** One command on its way: who asks, for what, within which transaction and time. */
export class Call implements Writing, Reading, Running {
  readonly database: Database;
  readonly connection: Connection;
  readonly name: string;
  readonly db: string;
  readonly command: Doc;
  readonly lists: Map<string, Buffer[]>;
  /** Whether it makes the file grow. */
  readonly grows: boolean;
  readonly session: string | undefined;
  /** Session and number when this is a write that may be retried. */
  readonly retry: Numbered | undefined;
  txn: Transaction | undefined;
  /** The connection is closed instead of an answer, as a fail point wants. */
  closes = false;
  readonly awaitMs: number;
  private readonly deadline: number;
  private readonly began = performance.now();
  readonly opid = nextOpid++;
  private killed = false;
  /** Ends what it waits for. */
  private stopWaiting: (() => void) | undefined;

  constructor(of: {
    database: Database;
    connection: Connection;
    name: string;
    db: string;
    command: Doc;
    lists: Map<string, Buffer[]>;
    grows: boolean;
  }) {
    this.database = of.database;
    this.connection = of.connection;
    this.name = of.name;
    this.db = of.db;
    this.command = of.command;
    this.lists = of.lists;
    this.grows = of.grows;
    this.session = sessionOf(of.command);
    const number = of.command['txnNumber'];
    this.retry =
      this.session !== undefined && number !== undefined && of.command['autocommit'] === undefined
        ? { session: this.session, number: BigInt(String(number)) }
        : undefined;
    const maxTimeMs = new Arguments(of.name, of.command).count('maxTimeMS') ?? 0;
    // On getMore of a tailing cursor it says how long to wait, not how long to work.
    const waits = of.name === 'getMore';
    this.awaitMs = waits && maxTimeMs ? maxTimeMs : 1000;
    this.deadline = maxTimeMs && !waits ? performance.now() + maxTimeMs : Infinity;
  }

  /** Whether it belongs to a transaction of several commands, or ends one. */
  get isTransactional(): boolean {
    return (
      this.session !== undefined &&
      this.command['txnNumber'] !== undefined &&
      this.command['autocommit'] === false
    );
  }

  /** What reads see: the store, or the transaction's snapshot with its own changes. */
  get view(): View {
    return this.txn?.view ?? this.database.kv;
  }

  /** The same call on another database, outside its transaction. */
  outside(): Writing {
    return {
      txn: undefined,
      checkpoint: () => this.checkpoint(),
      patience: (promise) => this.patience(promise),
    };
  }

  kill(): void {
    this.killed = true;
    this.stopWaiting?.();
  }

  /** @throws MongoError 50 when the time is up, 279 when the client is gone, 11601 when it was killed */
  checkpoint(): void {
    if (this.killed) throw interrupted();
    if (performance.now() > this.deadline) throw timeIsUp();
    if (!this.connection.alive) throw new MongoError(279, 'operation was interrupted');
  }

  async breathe(): Promise<void> {
    this.checkpoint();
    await this.database.turns.next();
  }

  async patience<T>(promise: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<never>((_resolve, reject) => {
      this.stopWaiting = () => reject(interrupted());
      if (this.deadline === Infinity) return;
      timer = setTimeout(() => reject(timeIsUp()), this.deadline - performance.now());
    });
    try {
      return await Promise.race([promise, ended]);
    } finally {
      clearTimeout(timer);
      this.stopWaiting = undefined;
    }
  }

  /** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/currentOp/ */
  describe(): Doc {
    const took = performance.now() - this.began;
    const collection = this.command[this.name];
    const { lsid } = this.command;
    return {
      type: 'op',
      host: SERVER_HOST,
      desc: `conn${this.connection.id}`,
      connectionId: this.connection.id,
      ...(this.connection.appName === undefined ? {} : { appName: this.connection.appName }),
      active: true,
      opid: this.opid,
      killPending: this.killed,
      secs_running: Math.floor(took / 1000),
      microsecs_running: Math.round(took * 1000),
      op: 'command',
      ns: `${this.db}.${typeof collection === 'string' ? collection : `$cmd.${this.name}`}`,
      command: this.command,
      ...(lsid === undefined ? {} : { lsid }),
    };
  }

  /** The command's `let` as variables for expressions. */
  get variables(): Variables | undefined {
    const given = this.command['let'];
    if (!isPlain(given)) return undefined;
    const out: Record<string, Value> = {};
    for (const name of Object.keys(given)) out[name] = evalExpr({}, own(given, name), out);
    return out;
  }
}

const interrupted = (): MongoError => new MongoError(11601, 'operation was interrupted');
const timeIsUp = (): MongoError => new MongoError(50, 'operation exceeded time limit');

/** A session's id as text, if the command names one. */
function sessionOf(command: Doc): string | undefined {
  const lsid = command['lsid'];
  return isPlain(lsid) ? sessionId(lsid['id']) : undefined;
}

/** A session's id as text. @throws MongoError 2 when it is no UUID */
export function sessionId(id: Value): string {
  const bytes = (id as { buffer?: Uint8Array } | undefined)?.buffer;
  if (!(bytes instanceof Uint8Array) || bytes.length !== 16)
    throw new MongoError(2, "BSON field 'lsid.id' is not a UUID");
  return Buffer.from(bytes).toString('hex');
}
