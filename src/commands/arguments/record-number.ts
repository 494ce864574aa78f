import { z } from 'zod';
import { commandInput } from '../../contract/command.ts';

/**
 * For commands that show one record: nothing (the one of this talk) or its number with the letter
 * that people write before it, e.g. `L5`. `expected` is said to anything else.
 */
export function recordNumber(letter: string, expected: string): z.ZodType<number | undefined> {
  const pattern = new RegExp(`^${letter}?(\\d{1,9})$`, 'i');
  return commandInput.transform(({ words, named }, context) => {
    if (words.length === 0 && Object.keys(named).length === 0) return undefined;
    const digits = words.length === 1 ? pattern.exec(words[0] ?? '')?.[1] : undefined;
    if (digits !== undefined) return Number(digits);
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}
