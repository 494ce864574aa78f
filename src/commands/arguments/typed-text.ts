import { z } from 'zod';
import { commandInput } from '../../contract/command.ts';

/**
 * For commands that take the rest of the line as it is typed; `missing` is said when there is none.
 */
export function typedText(missing: string): z.ZodType<string> {
  return commandInput
    .transform(({ rest }) => rest)
    .pipe(z.string().refine((text) => text.trim() !== '', missing));
}
