import { identical } from '../order/index.ts';
import type { Doc, Value } from '../values/index.ts';
import { compileUpdate } from './compile.ts';
import type { UpdateOptions } from './types.ts';

export { compileUpdate, isPipeline, isReplacement } from './compile.ts';
export { checkId, seed, upsertDoc } from './upsert.ts';
export { clone } from '../values/index.ts';
export type { Update, UpdateOptions, UpdateRun } from './types.ts';

/**
 * Applies an update to one document; for many documents compile it once.
 * @returns the new document; the old one is not touched
 * @throws MongoError in MongoDB's words
 */
export const applyUpdate = (old: Doc, update: Value, options: UpdateOptions = {}): Doc =>
  compileUpdate(update, options)(old, options);

/**
 * Refuses an update that no document could take.
 * @throws MongoError in MongoDB's words
 */
export function validateUpdate(update: Value, options: UpdateOptions = {}): void {
  compileUpdate(update, options);
}

/** Whether an update changed anything, number types included. */
export const changed = (before: Doc, after: Doc): boolean => !identical(before, after);
