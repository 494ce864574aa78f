import type { AwayKind, PresenceState } from '../../contract/wire.ts';

/** Why somebody gets no new talks though they did not say so, since when, and until when as far as that is known. */
export interface Away {
  kind: AwayKind;
  since: Date | null;
  until: Date | null;
}

/** Times that people entered, in their own zone: `2026-12-24` for a whole day, `2026-12-24T14:00` for an hour of it. */
export interface Absence {
  id: string;
  from: string;
  /** The last day itself belongs to it; an hour does not. */
  to: string;
  kind: 'holiday' | 'ill' | 'other';
  note: string;
}

/** Whether somebody can be given a talk, their places aside. */
export const isThere = ({
  active,
  presence,
  away,
}: {
  active: boolean;
  presence: PresenceState;
  away: Away | null;
}): boolean => active && presence === 'online' && away === null;

const WORDS: Record<AwayKind, string> = {
  absent: 'Absent',
  off_hours: 'Outside their working hours',
  disconnected: 'Not connected',
  idle: 'Idle',
};

/** Whether two say the same. */
export function sameAway(one: Away | null, other: Away | null): boolean {
  if (!one || !other) return one === other;
  return (
    one.kind === other.kind &&
    one.since?.getTime() === other.since?.getTime() &&
    one.until?.getTime() === other.until?.getTime()
  );
}

/** Why somebody is away, as a sentence, in the zone that is theirs: `Not connected since Mon 23 Nov, 10:42 CET.` */
export function whyAway(away: Away, timeZone: string): string {
  const why = said.get(away) ?? sentence(away, timeZone);
  said.set(away, why);
  return why;
}

/** The router says it of the same hundreds of people for every talk. */
const said = new WeakMap<Away, string>();

function sentence({ kind, since, until }: Away, timeZone: string): string {
  if (until) return `${WORDS[kind]} until ${momentIn(until, timeZone)}.`;
  if (since && kind !== 'off_hours') return `${WORDS[kind]} since ${momentIn(since, timeZone)}.`;
  return `${WORDS[kind]}.`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant by the clock of a zone, with the zone's name: readers sit in others. */
function momentIn(at: Date, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      ...{ weekday: 'short', day: 'numeric', month: 'short' },
      ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    });
  formats.set(timeZone, format);
  return format.format(at);
}
