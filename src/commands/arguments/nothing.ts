import { commandInput } from '../../contract/command.ts';

/** For commands that stand alone. */
export const nothing = commandInput.refine(
  ({ words, named }) => words.length === 0 && Object.keys(named).length === 0,
  'Nothing comes after this command.',
);
