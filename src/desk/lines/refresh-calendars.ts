import type { Desk } from '../desk.ts';
import { fetchCalendar } from './fetch-calendar.ts';

/** How long a process that died in the middle of a fetch keeps the others from it. */
const LEASE_MS = 120_000;
const MOST_AT_ONCE = 50;

/**
 * Fetches the holiday feeds that are due, each once a day, whichever process comes first; lines whose days changed are
 * looked at by the router again.
 */
export async function refreshCalendars(
  desk: Pick<Desk, 'stores' | 'fetch' | 'clock' | 'bus' | 'log'>,
): Promise<void> {
  for (let count = 0; count < MOST_AT_ONCE; count++) {
    const now = desk.clock.now();
    const line = await desk.stores.lines.leaseCalendar(now, new Date(now.getTime() + LEASE_MS));
    const url = line?.calendar?.url;
    if (!line || !url) return;
    const calendar = await fetchCalendar(desk, url, line.calendar);
    // A person may have given another calendar meanwhile: theirs stays.
    const current = await desk.stores.lines.get(line.id);
    if (current?.calendar?.url !== url) continue;
    await desk.stores.lines.change(line.id, { calendar });
    if (calendar.problem)
      desk.log.warn({ lineId: line.id }, 'a calendar of holidays could not be read');
    desk.bus.publish({ type: 'line.changed', lineId: line.id });
  }
}
