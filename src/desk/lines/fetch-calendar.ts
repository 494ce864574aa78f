import { messageOf, Refusal } from '../../base/errors.ts';
import type { HolidayCalendar } from '../../domain/lines/line.ts';
import type { Desk } from '../desk.ts';
import { readCalendar } from './read-calendar.ts';

const EVERY_MS = 24 * 3_600_000;
/** After a failure it is asked again sooner. */
const AGAIN_MS = 3_600_000;
const PATIENCE_MS = 15_000;
const MOST_BYTES = 2_000_000;

/**
 * Reads a feed. A broken one keeps the days of `before`, with what is wrong in `problem`, and is asked again in an hour.
 */
export async function fetchCalendar(
  desk: Pick<Desk, 'fetch' | 'clock'>,
  url: string,
  before: HolidayCalendar | null,
): Promise<HolidayCalendar> {
  const now = desk.clock.now();
  try {
    const { days } = readCalendar(await textAt(desk, url), now);
    return {
      url,
      days,
      fetchedAt: now,
      problem: null,
      nextAt: new Date(now.getTime() + EVERY_MS),
    };
  } catch (error) {
    const kept = before?.url === url ? before : null;
    return {
      url,
      days: kept?.days ?? [],
      fetchedAt: kept?.fetchedAt ?? null,
      problem: `The calendar could not be read: ${messageOf(error)}`.slice(0, 500),
      nextAt: new Date(now.getTime() + AGAIN_MS),
    };
  }
}

async function textAt(desk: Pick<Desk, 'fetch'>, url: string): Promise<string> {
  const answer = await desk.fetch(url, {
    headers: { accept: 'text/calendar, text/plain;q=0.5' },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok)
    throw new Refusal('unavailable', `its server answered ${answer.status} instead of the file.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new Refusal('too_large', `it is larger than ${MOST_BYTES / 1_000_000} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
