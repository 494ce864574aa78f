import ICAL from 'ical.js';
import { Refusal } from '../../base/errors.ts';

/** Days off of an iCalendar text, as a line keeps them. */
export interface CalendarDays {
  days: { date: string; name: string }[];
}

/** More days than this are no list of holidays. */
const MOST_DAYS = 1000;
/** Repetitions looked at of one event: a daily one of ten years ends here. */
const MOST_REPEATS = 4000;
const HORIZON_YEARS = 3;
const DAY_MS = 86_400_000;

/**
 * The whole days that a calendar (RFC 5545) names, from yesterday on for three years; repetitions are unfolded,
 * cancelled events left out. Events with a time of day are appointments, not holidays: they are left out too.
 * Throws a Refusal `rule_broken` with what is wrong with the text.
 */
export function readCalendar(text: string, now: Date): CalendarDays {
  const from = isoDay(new Date(now.getTime() - DAY_MS));
  const to = isoDay(new Date(now.getTime() + HORIZON_YEARS * 366 * DAY_MS));
  const found = new Map<string, string>();
  const events = eventsOf(text);
  /** Repetitions that an event of their own stands in for: moved to another day, renamed or cancelled. */
  const replaced = new Set(
    events.flatMap((event) =>
      event.isRecurrenceException() ? [`${event.uid}\n${event.recurrenceId.toString()}`] : [],
    ),
  );
  for (const event of events) {
    if (event.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const name =
      String(event.summary ?? '')
        .trim()
        .slice(0, 120) || 'Holiday';
    for (const date of datesOf(event, to, (start) => !replaced.has(`${event.uid}\n${start}`))) {
      if (date >= from && date <= to && found.size < MOST_DAYS && !found.has(date))
        found.set(date, name);
    }
  }
  return {
    days: [...found]
      .map(([date, name]) => ({ date, name }))
      .sort((a, b) => a.date.localeCompare(b.date)),
  };
}

function eventsOf(text: string): ICAL.Event[] {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    if (calendar.name !== 'vcalendar') throw new Error('it does not begin with BEGIN:VCALENDAR');
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
    return events.filter((event) => event.startDate?.isDate);
  } catch (error) {
    throw new Refusal(
      'rule_broken',
      `This is no calendar (iCalendar, .ics): ${error instanceof Error ? error.message : 'it can not be read'}.`,
      { field: 'calendar' },
    );
  }
}

/** Local dates of an all-day event; its end is the day after the last. */
function* datesOf(
  event: ICAL.Event,
  to: string,
  stands: (start: string) => boolean,
): Generator<string> {
  const length = Math.max(1, Math.round(event.duration.toSeconds() / 86_400));
  const starts = event.isRecurring() ? event.iterator() : null;
  for (let count = 0; count < MOST_REPEATS; count++) {
    const start = starts ? starts.next() : count === 0 ? event.startDate : null;
    if (!start || start.toString() > to) return;
    if (starts && !stands(start.toString())) continue;
    for (let day = 0; day < Math.min(length, 366); day++) {
      const date = start.clone();
      date.adjust(day, 0, 0, 0);
      yield date.toString().slice(0, 10);
    }
  }
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
