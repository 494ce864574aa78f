import type { HolidayCalendar } from '../../domain/lines/line.ts';
import type { Desk } from '../desk.ts';
import { fetchCalendar } from './fetch-calendar.ts';
import { readCalendar } from './read-calendar.ts';

/** What people give: a feed's address, the text of a file, or nothing any more. */
export type GivenCalendar = { url: string } | { ical: string } | null;

/** The calendar of what was given: a text is read at once and refused when it is none; a feed is fetched now and daily. */
export async function givenCalendar(
  desk: Pick<Desk, 'fetch' | 'clock'>,
  given: GivenCalendar,
  before: HolidayCalendar | null,
): Promise<HolidayCalendar | null> {
  if (given === null) return null;
  if ('url' in given) return fetchCalendar(desk, given.url, before);
  const now = desk.clock.now();
  const { days } = readCalendar(given.ical, now);
  return { url: null, days, fetchedAt: now, problem: null, nextAt: null };
}
