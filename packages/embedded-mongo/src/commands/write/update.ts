import { MongoError } from '../../errors.ts';
import { type Doc, isArr, isPlain } from '../../values/index.ts';
import { Arguments, flag } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { collectionOf, refuseView } from '../read/select.ts';
import { checkBatch, type Progress, runStatements } from './bulk.ts';
import { ensureCollection } from './ensure.ts';
import { entryOf, rawList } from './lists.ts';
import { UpdateRun } from './statements.ts';

interface UpdateProgress extends Progress {
  n: number;
  nModified: number;
  upserted: Doc[];
}

const FIELDS = new Set([
  'q',
  'u',
  'c',
  'upsert',
  'multi',
  'sort',
  'hint',
  'collation',
  'arrayFilters',
]);

/** @see https://www.mongodb.com/docs/manual/reference/command/update/ */
export const update: Command = {
  name: 'update',
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    const args = new Arguments('update', call.command);
    const name = args.collection();
    const updates = rawList(call, 'updates');
    checkBatch(updates.length);
    refuseView(collectionOf(call, name));
    if (updates.some((raw) => flag(entryOf([raw], 0)['upsert'])))
      await ensureCollection(call, call.db, name);
    const bypass = args.flag('bypassDocumentValidation');
    const progress: UpdateProgress = { at: 0, n: 0, nModified: 0, upserted: [], writeErrors: [] };
    let running: { index: number; run: UpdateRun } | null = null;
    const ordered = call.command['ordered'] !== false;
    await runStatements(call, updates.length, progress, ordered, (unit, index, end) => {
      if (running?.index !== index)
        running = { index, run: prepare(call, name, entryOf(updates, index), bypass) };
      const { run } = running;
      if (run.step(unit, end) === 'more') return 'more';
      const { matched, modified, upsertedId } = run.outcome;
      progress.n += matched;
      progress.nModified += modified;
      if (upsertedId !== undefined) {
        progress.n++;
        progress.upserted.push({ index, _id: upsertedId });
      }
      return 'done';
    });
    const { n, nModified, upserted, writeErrors } = progress;
    return {
      n,
      nModified,
      ...(upserted.length ? { upserted } : {}),
      ...(writeErrors.length ? { writeErrors } : {}),
    };
  },
};

function prepare(call: Call, name: string, entry: Doc, bypassValidation: boolean): UpdateRun {
  for (const field of Object.keys(entry))
    if (!FIELDS.has(field))
      throw new MongoError(40415, `BSON field 'update.updates.${field}' is an unknown field.`);
  const args = new Arguments('update.updates', entry);
  if (call.retry && args.flag('multi'))
    throw new MongoError(72, 'Cannot use retryable writes with multi=true');
  const constants = args.doc('c');
  const filters = entry['arrayFilters'];
  return new UpdateRun(call.database, collectionOf(call, name), {
    filter: args.doc('q') ?? {},
    update: entry['u'],
    multi: args.flag('multi'),
    upsert: args.flag('upsert'),
    sort: args.doc('sort'),
    hint: entry['hint'],
    collation: args.doc('collation'),
    arrayFilters: isArr(filters) ? filters.filter(isPlain) : undefined,
    variables: constants ? { ...call.variables, ...constants } : call.variables,
    bypassValidation,
  });
}
