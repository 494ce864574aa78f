import type { z } from 'zod';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON in a request's bytes. Throws a plain sentence when it is not UTF-8 or not JSON. */
export function readJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Error('The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The body is not valid JSON.');
  }
}

/** What a schema found wrong, in one sentence: where and what, without the value. */
export function issueOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'The data does not have the expected shape.';
  const where = issue.path.map(String).join('.').slice(0, 200);
  return where ? `${where}: ${issue.message}` : issue.message;
}

const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/**
 * The time a provider gave, or `now` when it can not be true: no date at all, before 2000, or more
 * than a day ahead. A message with a broken clock is still a message.
 */
export function plausibleTime(at: Date | number | undefined, now: Date): Date {
  const time = at === undefined ? Number.NaN : Number(at);
  return time >= EARLIEST && time <= now.getTime() + DAY_MS ? new Date(time) : now;
}
