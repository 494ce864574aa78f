import { MongoError } from '../../errors.ts';
import type { Doc } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { collectionOf, refuseView } from '../read/select.ts';
import { checkBatch, type Progress, runStatements } from './bulk.ts';
import { entryOf, rawList } from './lists.ts';
import { DeleteRun } from './statements.ts';

const FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

/** @see https://www.mongodb.com/docs/manual/reference/command/delete/ */
export const remove: Command = {
  name: 'delete',
  fields: ['deletes', 'ordered', 'let'],
  inTransaction: true,
  run: async (call) => {
    const args = new Arguments('delete', call.command);
    const name = args.collection();
    const deletes = rawList(call, 'deletes');
    checkBatch(deletes.length);
    refuseView(collectionOf(call, name));
    const progress: Progress & { n: number } = { at: 0, n: 0, writeErrors: [] };
    let running: { index: number; run: DeleteRun } | null = null;
    const ordered = call.command['ordered'] !== false;
    await runStatements(call, deletes.length, progress, ordered, (unit, index, end) => {
      if (running?.index !== index)
        running = { index, run: prepare(call, name, entryOf(deletes, index)) };
      const { run } = running;
      if (run.step(unit, end) === 'more') return 'more';
      progress.n += run.removed;
      return 'done';
    });
    const { n, writeErrors } = progress;
    return writeErrors.length ? { n, writeErrors } : { n };
  },
};

function prepare(call: Call, name: string, entry: Doc): DeleteRun {
  for (const field of Object.keys(entry))
    if (!FIELDS.has(field))
      throw new MongoError(40415, `BSON field 'delete.deletes.${field}' is an unknown field.`);
  const args = new Arguments('delete.deletes', entry);
  const limit = args.count('limit') ?? 0;
  if (limit > 1)
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  if (call.retry && limit === 0)
    throw new MongoError(72, 'Cannot use (or request) retryable writes with limit=0');
  return new DeleteRun(call.database, collectionOf(call, name), {
    filter: args.doc('q') ?? {},
    multi: limit === 0,
    hint: entry['hint'],
    collation: args.doc('collation'),
    variables: call.variables,
  });
}
