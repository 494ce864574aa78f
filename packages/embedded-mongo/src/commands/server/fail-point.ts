import { setTimeout as sleep } from 'node:timers/promises';
import { MongoError } from '../../errors.ts';
import { type Doc, isArr, isPlain, show, type Value } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { Arguments, flag, numberOf } from '../arguments.ts';
import type { Command } from '../command.ts';

interface FailPoint {
  commands: Set<string>;
  /** How many calls go by before it begins. */
  skip: number;
  times: number;
  probability: number;
  data: Doc;
  /** How often it was met. */
  met: number;
}

const COMMAND = 'failCommand';
const NUMBERED_WRITE = 'onPrimaryTransactionalWrite';
const NAMES = new Set([COMMAND, NUMBERED_WRITE]);

const points = new Map<string, FailPoint>();
/** How often each was met that is over. */
const past = new Map<string, number>();

/**
 * Makes commands fail on purpose, as the tests of drivers do.
 * @see https://github.com/mongodb/mongo/wiki/The-%22failCommand%22-fail-point
 */
export const configureFailPoint: Command = {
  name: 'configureFailPoint',
  fields: ['mode', 'data'],
  run: (call) => {
    const args = new Arguments('configureFailPoint', call.command);
    const name = args.text('configureFailPoint');
    if (!NAMES.has(name)) throw new MongoError(249, `${name} not found`);
    const count = points.get(name)?.met ?? past.get(name) ?? 0;
    const point = readFailPoint(call.command['mode'], args.doc('data') ?? {});
    points.delete(name);
    past.delete(name);
    if (point) points.set(name, point);
    return { count };
  },
};

const modeOf = (mode: Value): Doc => {
  if (isPlain(mode)) return mode;
  if (mode === 'alwaysOn' || mode === undefined) return {};
  throw new MongoError(2, `unknown mode: ${show(mode)}`);
};

function readFailPoint(mode: Value, data: Doc): FailPoint | null {
  if (mode === 'off') return null;
  const asked = modeOf(mode);
  const commands = data['failCommands'];
  return {
    commands: new Set(isArr(commands) ? commands.map((name) => String(name).toLowerCase()) : []),
    skip: numberOf(asked['skip'], 0),
    times: numberOf(asked['times'], Infinity),
    probability: numberOf(asked['activationProbability'], 1),
    data,
    met: 0,
  };
}

/** Counts that a fail point is met; false while it lets pass. */
function strikes(name: string, at: FailPoint): boolean {
  if (at.skip > 0) {
    at.skip--;
    return false;
  }
  if (at.probability < 1 && Math.random() >= at.probability) return false;
  at.met++;
  if (--at.times > 0) return true;
  points.delete(name);
  past.set(name, at.met);
  return true;
}

const NEVER = 'configureFailPoint';

function meets(call: Call, given: string, at: FailPoint): boolean {
  if (call.name === NEVER) return false;
  if (!at.commands.has(call.name.toLowerCase()) && !at.commands.has(given.toLowerCase()))
    return false;
  const { appName, namespace } = at.data;
  if (typeof appName === 'string' && appName !== call.connection.appName) return false;
  if (typeof namespace === 'string') {
    const collection = call.command[call.name];
    if (namespace !== `${call.db}.${String(collection)}`) return false;
  }
  return strikes(COMMAND, at);
}

/** What a fail point makes of a call that it lets live. */
export type Purpose =
  | { kind: 'go-on' }
  | { kind: 'close' }
  | { kind: 'concern'; writeConcernError: Doc; labels: string[] | undefined };

/** Does to a call what a fail point says. @throws the error it was told to give */
export async function failOnPurpose(call: Call, given: string): Promise<Purpose> {
  const at = points.get(COMMAND);
  if (!at || !meets(call, given, at)) return { kind: 'go-on' };
  const { data } = at;
  if (flag(data['blockConnection'])) await sleep(numberOf(data['blockTimeMS'], 0));
  if (flag(data['closeConnection'])) return { kind: 'close' };
  const labels = isArr(data['errorLabels']) ? data['errorLabels'].map(String) : undefined;
  if (data['errorCode'] !== undefined)
    throw new MongoError(
      numberOf(data['errorCode'], 0),
      "Failing command via 'failCommand' failpoint",
      { extra: { ...errorInfo(data['errorExtraInfo']), ...(labels && { errorLabels: labels }) } },
    );
  const { writeConcernError } = data;
  if (!isPlain(writeConcernError)) return { kind: 'go-on' };
  return { kind: 'concern', writeConcernError, labels };
}

const errorInfo = (info: Value): Doc => (isPlain(info) ? info : {});

/** A statement did not happen because a fail point said so; the command ends with it. */
export class FailedOnPurpose extends MongoError {}

/**
 * Does to one statement of a numbered write what a fail point says: the connection is closed, and
 * with `failBeforeCommitExceptionCode` the statement does not happen.
 * @throws FailedOnPurpose of that number
 */
export function failNumberedWrite(call: Call): void {
  const at = points.get(NUMBERED_WRITE);
  if (!at || !call.retry || !strikes(NUMBERED_WRITE, at)) return;
  if (at.data['closeConnection'] !== false) call.closes = true;
  const code = at.data['failBeforeCommitExceptionCode'];
  if (code === undefined) return;
  throw new FailedOnPurpose(
    numberOf(code, 0),
    `Failing write due to failpoint ${NUMBERED_WRITE}. The write must not be reflected.`,
  );
}
