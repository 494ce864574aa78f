import { Temporal } from 'temporal-polyfill';
import type { Absence } from '../../domain/operators/away.ts';

/** An absence as instants. */
interface Span {
  start: number;
  end: number;
}

/**
 * An absence by the clock of its person's zone. A last day ends where the next one begins, however long it is; an hour
 * that does not exist counts as the one an hour later, an hour that exists twice as its first.
 */
export function spanOf({ from, to }: Pick<Absence, 'from' | 'to'>, timeZone: string): Span {
  return {
    start: instantOf(from, timeZone, 0),
    end: instantOf(to, timeZone, 1),
  };
}

const instantOf = (text: string, timeZone: string, days: number): number =>
  text.includes('T')
    ? Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds
    : Temporal.PlainDate.from(text).add({ days }).toZonedDateTime({ timeZone }).epochMilliseconds;

/** Whether somebody is absent at an instant, absences that touch being one; and when the next one begins. */
export function absentAt(
  absences: readonly Absence[],
  timeZone: string,
  at: Date,
): { now: { since: Date; until: Date } | null; next: Date | null } {
  const now = at.getTime();
  const spans = absences
    .map((absence) => spanOf(absence, timeZone))
    .filter(({ start, end }) => end > now && start < end)
    .sort((a, b) => a.start - b.start);
  let since: Date | null = null;
  let until = now;
  for (const { start, end } of spans) {
    if (start > until)
      return { now: since && { since, until: new Date(until) }, next: new Date(start) };
    since ??= new Date(start);
    until = Math.max(until, end);
  }
  return { now: since && { since, until: new Date(until) }, next: null };
}

/** When the day that it is in a zone ends, but no sooner than so many ms from now. */
export function endOfDay(now: Date, timeZone: string, leastMs: number): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const midnight = here.startOfDay().add({ days: 1 }).epochMilliseconds;
  return new Date(Math.max(midnight, now.getTime() + leastMs));
}
