import { setTimeout as sleep } from 'node:timers/promises';
import { MongoError } from '../../errors.ts';
import { type Doc, isArr, isPlain, type Value } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { Arguments, flag, numberOf } from '../arguments.ts';
import type { Command } from '../command.ts';

interface FailPoint {
  commands: Set<string>;
  times: number;
  data: Doc;
}

let point: FailPoint | null = null;

/**
 * Makes commands fail on purpose, as the tests of drivers do.
 * @see https://github.com/mongodb/mongo/wiki/The-%22failCommand%22-fail-point
 */
export const configureFailPoint: Command = {
  name: 'configureFailPoint',
  fields: ['mode', 'data'],
  run: (call) => {
    const args = new Arguments('configureFailPoint', call.command);
    if (args.text('configureFailPoint') !== 'failCommand')
      throw new MongoError(
        2,
        `${String(call.command['configureFailPoint'])} is not a known fail point`,
      );
    point = readFailPoint(call.command['mode'], args.doc('data') ?? {});
    return {};
  },
};

function readFailPoint(mode: Value, data: Doc): FailPoint | null {
  if (mode === 'off') return null;
  const times = isPlain(mode) ? numberOf(mode['times'], Infinity) : Infinity;
  const commands = data['failCommands'];
  return { commands: new Set(isArr(commands) ? commands.map(String) : []), times, data };
}

const NEVER = 'configureFailPoint';

/**
 * What a fail point does to a call: nothing, close its connection, or add a write concern error to
 * its answer. Throws the error it was told to give.
 */
export async function failOnPurpose(call: Call): Promise<'go-on' | 'close' | Doc> {
  if (!point?.commands.has(call.name) || call.name === NEVER) return 'go-on';
  const { data } = point;
  const appName = data['appName'];
  if (typeof appName === 'string' && appName !== call.connection.appName) return 'go-on';
  if (--point.times <= 0) point = null;
  if (flag(data['blockConnection'])) await sleep(numberOf(data['blockTimeMS'], 0));
  if (flag(data['closeConnection'])) return 'close';
  const labels = isArr(data['errorLabels']) ? data['errorLabels'].map(String) : undefined;
  if (data['errorCode'] !== undefined)
    throw new MongoError(
      numberOf(data['errorCode'], 0),
      "Failing command via 'failCommand' failpoint",
      labels ? { labels, extra: { errorLabels: labels } } : {},
    );
  const writeConcernError = data['writeConcernError'];
  if (!isPlain(writeConcernError)) return 'go-on';
  const own = writeConcernError['errorLabels'];
  const shown = labels ?? (isArr(own) ? own : undefined);
  return shown ? { writeConcernError, errorLabels: shown } : { writeConcernError };
}
