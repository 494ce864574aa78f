import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { checkBatch, type Progress, runStatements } from './bulk.ts';
import { ensureCollection, presentCollection } from './ensure.ts';
import { rawList } from './lists.ts';
import { insertRaw } from './statements.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/insert/ */
export const insert: Command = {
  name: 'insert',
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    const args = new Arguments('insert', call.command);
    const name = args.collection();
    const documents = rawList(call, 'documents');
    checkBatch(documents.length);
    const bypass = args.flag('bypassDocumentValidation');
    const progress: Progress & { n: number } = { at: 0, n: 0, writeErrors: [] };
    await ensureCollection(call, call.db, name);
    const ordered = call.command['ordered'] !== false;
    await runStatements(call, documents.length, progress, ordered, (unit, i) => {
      const c = presentCollection(call, unit, call.db, name);
      insertRaw(unit, c, documents[i] as Buffer, bypass);
      progress.n++;
      return 'done';
    });
    const { n, writeErrors } = progress;
    return writeErrors.length ? { n, writeErrors } : { n };
  },
};
