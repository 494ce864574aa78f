import { MongoError } from '../../errors.ts';
import type { Source } from '../../session/cursors.ts';
import { type Doc, valueAt } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { merge } from './merge.ts';
import { replaceCollection } from './out.ts';

/** Writes what a pipeline gives where its last stage says. @throws MongoError 72, 263 */
export function writeResults(call: Call, stage: Doc, source: Source): Promise<void> {
  const name = Object.keys(stage)[0] as string;
  if (call.txn) throw new MongoError(263, `${name} cannot be used in a transaction`);
  if (valueAt(call.command, ['readConcern', 'level']) === 'linearizable')
    throw new MongoError(72, `${name} cannot be used with a 'linearizable' read concern level`);
  return name === '$merge'
    ? merge(call, stage['$merge'], source)
    : replaceCollection(call, stage['$out'], source);
}
