import { Temporal } from 'temporal-polyfill';

/** What a written time means. */
export type ReadTime = { status: 'ok'; at: Date } | { status: 'wrong' };

/** A day without a time means its morning. */
const MORNING = 9;

/**
 * Reads a time as people write it in English: `tomorrow 10:00`, `fri 15:30`, `in 2 hours`, `24 Dec`. What is left open
 * lies ahead; a day without a time is 9:00. The whole text must be a time.
 */
export async function readTime(
  text: string,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<ReadTime> {
  // 120 ms to load: only once somebody writes a time.
  const { parse } = await import('chrono-node');
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  // It reads a zone as an offset, which may be another on the day that is meant: the wall time is resolved below.
  const reference = { instant: now, timezone: here.offsetNanoseconds / 60_000_000_000 };
  const [found, ...others] = parse(text, reference, { forwardDate: true });
  const written = text.trim();
  if (!found || others.length > 0 || found.text.trim() !== written || found.end)
    return { status: 'wrong' };
  const { start } = found;
  if (start.isCertain('timezoneOffset')) return { status: 'ok', at: start.date() };
  const get = (part: Parameters<typeof start.get>[0]): number => start.get(part) ?? 0;
  const meant = Temporal.ZonedDateTime.from({
    timeZone,
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: start.isCertain('hour') ? get('hour') : MORNING,
    minute: start.isCertain('hour') ? get('minute') : 0,
    second: start.isCertain('second') ? get('second') : 0,
  });
  const dayless = !start.isCertain('day') && !start.isCertain('weekday');
  const past = Temporal.ZonedDateTime.compare(meant, here) <= 0;
  const ahead = past && dayless ? meant.add({ days: 1 }) : meant;
  return { status: 'ok', at: new Date(ahead.epochMilliseconds) };
}
