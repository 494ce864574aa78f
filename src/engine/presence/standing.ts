import type { HoursView } from '../../contract/wire.ts';
import type { Away } from '../../domain/operators/away.ts';
import type { Device } from '../../domain/operators/device.ts';
import type { User } from '../../domain/operators/user.ts';
import { absentAt } from './absences.ts';

/** Whether hours are open at an instant, and when that changes. */
export type Opening = (
  schedule: { timeZone: string; hours: HoursView; holidays: readonly string[] },
  at: Date,
) => { open: boolean; nextChange: Date | null };

/** Facts of one moment. Times in ms; 0: never. */
export interface StandingFacts {
  user: Pick<
    User,
    'presence' | 'presenceAt' | 'timeZone' | 'hours' | 'absences' | 'workUntil' | 'reachableByPhone'
  >;
  devices: readonly Pick<Device, 'kind' | 'live' | 'met' | 'seenAt' | 'activeAt' | 'push'>[];
  graceMs: number;
  idleMs: number;
}

/** What is in somebody's way, and when that may change by itself. */
export interface Standing {
  away: Away | null;
  lookAt: Date | null;
}

/**
 * Works out why somebody gets no new talks beside what they said. Absence and hours come before devices. Only a device
 * that was there since they said “online” can go away: who said it by a token or a command is there until they say
 * otherwise. Pure.
 */
export function standingOf(facts: StandingFacts, now: Date, opening: Opening): Standing {
  const duty = offDuty(facts.user, now, opening);
  if (duty.away || facts.user.presence !== 'online') return duty;
  const { away, lookAt } = outOfReach(facts, now);
  return { away, lookAt: soonest(duty.lookAt, lookAt) };
}

function offDuty(
  { timeZone, hours, absences, workUntil }: StandingFacts['user'],
  now: Date,
  opening: Opening,
): Standing {
  if (workUntil && workUntil > now) return { away: null, lookAt: workUntil };
  const absence = absentAt(absences, timeZone, now);
  if (absence.now) return { away: { kind: 'absent', ...absence.now }, lookAt: absence.now.until };
  if (Object.keys(hours).length === 0) return { away: null, lookAt: absence.next };
  const { open, nextChange } = opening({ timeZone, hours, holidays: [] }, now);
  return {
    away: open ? null : { kind: 'off_hours', since: null, until: nextChange },
    lookAt: soonest(absence.next, nextChange),
  };
}

function outOfReach({ user, devices, graceMs, idleMs }: StandingFacts, now: Date): Standing {
  const phone = devices.some(({ kind, push }) => kind === 'phone' && push !== null);
  if (user.reachableByPhone && phone) return HERE;
  const since = devices.filter(
    ({ live, met, seenAt }) => live || (met && seenAt >= user.presenceAt),
  );
  if (since.length === 0) return HERE;
  const live = since.filter((device) => device.live);
  if (live.length === 0) {
    const seenAt = latest(since.map((device) => device.seenAt));
    return from('disconnected', seenAt, graceMs, now);
  }
  const touchedAt = latest([user.presenceAt, ...live.map(({ activeAt }) => activeAt)]);
  return from('idle', touchedAt, idleMs, now);
}

const HERE: Standing = { away: null, lookAt: null };

const from = (kind: Away['kind'], since: Date, afterMs: number, now: Date): Standing => {
  if (afterMs === 0) return HERE;
  const at = new Date(since.getTime() + afterMs);
  return at > now
    ? { away: null, lookAt: at }
    : { away: { kind, since, until: null }, lookAt: null };
};

const latest = (dates: readonly Date[]): Date =>
  new Date(Math.max(...dates.map((date) => date.getTime())));
const soonest = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other);
