import { identical } from '../order/index.ts';
import type { Doc } from '../values/index.ts';

export { compileUpdate, isReplacement } from './compile.ts';
export { upsertDoc } from './upsert.ts';
export type { Update, UpdateOptions } from './types.ts';

/** Whether an update changed anything, number types included. */
export const changed = (before: Doc, after: Doc): boolean => !identical(before, after);
