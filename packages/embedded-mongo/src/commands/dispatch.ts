import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { truthy } from '../expression/index.ts';
import { TRANSIENT } from '../txn/transactions.ts';
import { type Doc, encode, isPlain } from '../values/index.ts';
import type { Connection } from '../wire/connection.ts';
import type { Request } from '../wire/message.ts';
import { append, rawFields } from '../wire/reply.ts';
import { Call } from './call.ts';
import type { Command } from './command.ts';
import { errorDocument } from './error-document.ts';
import { labelsFor } from './labels.ts';
import { failOnPurpose } from './server/fail-point.ts';
import { COMMANDS } from './table.ts';

/**
 * Fields that every command takes.
 * @see https://www.mongodb.com/docs/manual/reference/command/
 */
const GENERIC = new Set(
  `$db lsid $clusterTime $readPreference txnNumber autocommit startTransaction stmtId stmtIds
  readConcern writeConcern maxTimeMS maxTimeMSOpOnly comment apiVersion apiStrict
  apiDeprecationErrors $queryOptions $configServerState $audit $client mayBypassWriteBlocking
  rawData`.split(/\s+/),
);

const BY_NAME = new Map<string, Command>();
for (const command of COMMANDS)
  for (const name of [command.name, ...(command.aliases ?? [])])
    BY_NAME.set(name.toLowerCase(), command);

/**
 * Runs a request's command and gives its answer as BSON; errors are answers too. Null closes the
 * connection without one, as only a fail point does.
 */
export async function dispatch(
  database: Database,
  connection: Connection,
  request: Request,
): Promise<Buffer | null> {
  let call: Call | undefined;
  try {
    const given = Object.keys(request.body)[0] ?? '';
    const command = BY_NAME.get(given.toLowerCase());
    if (!command) throw new MongoError(59, `no such command: '${given}'`);
    call = new Call({
      database,
      connection,
      name: command.name,
      db: databaseName(request.body),
      command: { ...request.body, [command.name]: request.body[given] },
      lists: request.lists,
      grows: command.grows ?? false,
    });
    const purpose = await failOnPurpose(call);
    if (purpose === 'close') return null;
    check(command, given, request.body);
    if (command.grows) database.refuseWhenFull();
    const answer = isTransactional(call)
      ? await inTransaction(call, command)
      : await command.run(call);
    const document = Buffer.isBuffer(answer)
      ? answer
      : encode('ok' in answer ? answer : { ...answer, ok: 1 });
    return purpose === 'go-on' ? document : append(document, rawFields(purpose));
  } catch (error) {
    const labels = call && error instanceof MongoError ? labelsFor(error, call) : [];
    const document = errorDocument(error);
    return encode(labels.length ? { ...document, errorLabels: labels } : document);
  }
}

function databaseName(body: Doc): string {
  const db = body['$db'] ?? 'admin';
  if (typeof db === 'string' && db && db.length < 64 && !/[/\\. "$\0]/.test(db)) return db;
  throw new MongoError(73, `Invalid database name: '${String(db)}'`);
}

function check(command: Command, given: string, body: Doc): void {
  for (const [field, value] of Object.entries(body)) {
    if (field === given || GENERIC.has(field)) continue;
    if (command.refused?.includes(field)) {
      if (!truthy(value)) continue;
      throw new MongoError(115, `${command.name}: the option '${field}' is not supported`);
    }
    if (!command.fields.includes(field) && !command.fields.includes('*'))
      throw new MongoError(40415, `BSON field '${command.name}.${field}' is an unknown field.`);
  }
  checkConcerns(command, body);
}

function checkConcerns(command: Command, body: Doc): void {
  const concern = body['readConcern'];
  if (!isPlain(concern)) return;
  const level = concern['level'];
  const known = [undefined, 'local', 'available', 'majority', 'linearizable', 'snapshot'];
  if (!known.includes(level as string | undefined))
    throw new MongoError(
      9,
      `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
    );
  if (level === 'snapshot' && body['autocommit'] !== false)
    throw new MongoError(
      72,
      `Command ${command.name} does not support { readConcern: { level: "snapshot" } } outside of a transaction`,
    );
}

const ENDS = new Set(['commitTransaction', 'abortTransaction']);

const isTransactional = (call: Call): boolean =>
  call.session !== undefined &&
  call.command['txnNumber'] !== undefined &&
  call.command['autocommit'] === false &&
  !ENDS.has(call.name);

async function inTransaction(call: Call, command: Command): Promise<Doc | Buffer> {
  const { transactions, log } = call.database;
  const session = call.session as string;
  const number = BigInt(String(call.command['txnNumber']));
  const open = transactions.of(session);
  if (!command.inTransaction) {
    if (open) transactions.abort(open);
    throw new MongoError(263, `Cannot run '${command.name}' in a multi-document transaction.`);
  }
  const starts = call.command['startTransaction'] === true;
  if (starts && open?.number === number)
    throw new MongoError(251, `Transaction ${number} already started`);
  if (!starts && open?.number !== number)
    throw new MongoError(
      251,
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${open?.number ?? -1}`,
      TRANSIENT,
    );
  const txn = starts ? transactions.begin(session, number, log.recording) : open;
  if (!txn) throw new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);
  call.txn = txn;
  const before = txn.turn;
  let finish = (): void => undefined;
  txn.turn = new Promise((resolve) => {
    finish = resolve;
  });
  await before;
  try {
    if (!txn.active)
      throw new MongoError(251, `Transaction ${number} has been aborted.`, TRANSIENT);
    return await command.run(call);
  } catch (error) {
    transactions.abort(txn);
    throw error;
  } finally {
    finish();
  }
}
