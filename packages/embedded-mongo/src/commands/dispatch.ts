import type { Database } from '../database.ts';
import { MongoError } from '../errors.ts';
import { truthy } from '../expression/index.ts';
import { type Doc, isArr, isNum, toNumber } from '../values/index.ts';
import type { Connection } from '../wire/connection.ts';
import type { Request } from '../wire/message.ts';
import { Answer } from '../wire/answer.ts';
import { checkVersion } from './api-version.ts';
import { Call } from './call.ts';
import type { Command } from './command.ts';
import { checkConcerns, unmetConcern } from './concerns.ts';
import { errorDocument } from './error-document.ts';
import { errorLabels, labelsFor } from './labels.ts';
import { failOnPurpose, type Purpose } from './server/fail-point.ts';
import { checkNumbers, runsWithin, runWithin } from './session/within.ts';
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
 * Runs a request's command and gives its answer; errors are answers too. Null closes the
 * connection without one, as only a fail point does.
 */
export async function dispatch(
  database: Database,
  connection: Connection,
  request: Request,
): Promise<Answer | null> {
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
    database.running.add(call);
    const purpose = await failOnPurpose(call, given);
    if (purpose.kind === 'close') return null;
    checkFields(command, given, request.body);
    checkVersion(call);
    checkNumbers(call);
    checkConcerns(call);
    if (command.grows) database.refuseWhenFull();
    const answer = runsWithin(call) ? await runWithin(call, command) : await command.run(call);
    if (call.closes) return null;
    const whole =
      answer instanceof Answer ? answer : Answer.of('ok' in answer ? answer : { ...answer, ok: 1 });
    const concern = concernFields(call, purpose);
    if (concern) whole.add(concern);
    return whole;
  } catch (error) {
    if (call?.closes) return null;
    const labels = errorLabels(error, call);
    const document = errorDocument(error);
    return Answer.of(labels.length ? { ...document, errorLabels: labels } : document);
  } finally {
    if (call) database.running.delete(call);
  }
}

/** What an answer says besides, when the write happened but not as safely as was asked. */
function concernFields(call: Call, purpose: Purpose): Doc | undefined {
  const { writeConcernError, labels: given } =
    purpose.kind === 'concern'
      ? purpose
      : { writeConcernError: unmetConcern(call), labels: undefined };
  if (!writeConcernError) return undefined;
  const own = writeConcernError['errorLabels'];
  const code = writeConcernError['code'];
  const labels =
    given ??
    (isArr(own) ? own : labelsFor(call, { concernCode: isNum(code) ? toNumber(code) : 0 }));
  return labels.length ? { writeConcernError, errorLabels: labels } : { writeConcernError };
}

function databaseName(body: Doc): string {
  const db = body['$db'] ?? 'admin';
  if (typeof db === 'string' && db && db.length < 64 && !/[/\\. "$\0]/.test(db)) return db;
  throw new MongoError(73, `Invalid database name: '${String(db)}'`);
}

function checkFields(command: Command, given: string, body: Doc): void {
  for (const [field, value] of Object.entries(body)) {
    if (field === given || GENERIC.has(field)) continue;
    if (command.refused?.includes(field)) {
      if (!truthy(value)) continue;
      throw new MongoError(115, `${command.name}: the option '${field}' is not supported`);
    }
    if (!command.fields.includes(field) && !command.fields.includes('*'))
      throw new MongoError(40415, `BSON field '${command.name}.${field}' is an unknown field.`);
  }
}
