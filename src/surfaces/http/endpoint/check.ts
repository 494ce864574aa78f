import type { z } from 'zod';
import { Refusal } from '../../../base/errors.ts';

/**
 * Reads a value by its schema; refuses it as `malformed`, naming the field and what was expected.
 * `where` names the value for people when no field is at fault, e.g. `The body`.
 */
export function check<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusalOf(result.error, where);
}

/** What a failed reading is to the outside. */
function refusalOf(error: z.ZodError, where: string): Refusal {
  const issue = error.issues[0];
  if (!issue) return new Refusal('malformed', `${where} has the wrong shape.`);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...issue.path, ...(unknown ? [unknown] : [])];
  const field = path.map(String).join('.');
  const sentence = unknown ? 'is not known here.' : lowerFirst(issue.message);
  const message = field ? `${field}: ${sentence}` : `${where}: ${sentence}`;
  return new Refusal('malformed', message, field ? { field } : {});
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
