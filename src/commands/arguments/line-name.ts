import { commandInput } from '../../contract/command.ts';

/** For commands about a line: its name as typed, with or without quotes; nothing: null. */
export const lineName = commandInput
  .refine(({ named }) => Object.keys(named).length === 0, 'Give the name of a line.')
  .transform(({ words }) => words.join(' ') || null);
