import type { PresenceState } from '../../src/contract/wire.ts';
import type { Line } from '../../src/domain/lines/line.ts';
import type { Stores } from '../../src/domain/stores.ts';

/** Everything happens on a multiple of this; an offer lives one slot. */
export const SLOT_MS = 10 * 60_000;

/** Somebody who works here, as an onlooker knows them. */
export interface Operator {
  id: string;
  state: PresenceState;
  maxTalks: number | null;
}

let serial = 0;

/** Somebody new, offline. */
export async function hire(stores: Stores, maxTalks: number | null): Promise<Operator> {
  serial++;
  const { id } = await stores.users.create({
    ...{ name: `Operator ${serial}`, email: `sim-${serial}@example.org`, handle: `sim.${serial}` },
    ...{ passwordHash: '', role: 'operator', departmentId: null, timeZone: 'Europe/Berlin' },
    ...{ active: true, maxTalks },
  });
  return { id, state: 'offline', maxTalks };
}

/** A line that offers, where it offers, for one slot. */
export function openLine(
  stores: Stores,
  name: string,
  members: readonly Operator[],
  more: Partial<Line>,
): Promise<Line> {
  serial++;
  return stores.lines.create({
    ...{ key: `sim-${serial}`, name, queue: 'evenly', members: members.map(({ id }) => id) },
    ...{ timeZone: 'Europe/Berlin', hours: {}, holidays: [], offHours: { action: 'queue' } },
    ...{ offerSeconds: SLOT_MS / 1000, maxTalksPerOperator: null, autoLead: false, priority: 0 },
    ...more,
  });
}

/** From eight to eight, every day. */
export const DAYTIME: Line['hours'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['08:00', '20:00']]]),
);

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether it is open then, told by another calculation than the router's. */
export function isOpen({ hours, timeZone }: Line, at: Date): boolean {
  if (hours !== DAYTIME && Object.keys(hours).length === 0) return true;
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  const hour = Number(clock.format(at));
  return hour >= 8 && hour < 20;
}
