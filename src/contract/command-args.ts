import { z } from 'zod';
import { commandInput } from './command.ts';

/** The arguments of a command about one colleague: `@ann`, or `ann`; answers the word as it was written. */
export function onePerson() {
  const expected = 'Name one colleague with @.';
  return commandInput
    .refine(({ words, named }) => words.length === 1 && Object.keys(named).length === 0, expected)
    .transform(({ words }) => words[0] ?? '')
    .pipe(z.string().regex(/^@?[\p{L}\p{N}._-]+$/u, expected));
}
