import { Refusal } from '../../base/errors.ts';
import type { PresenceState, UserView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { endOfDay } from '../../engine/presence/absences.ts';
import type { Desk } from '../desk.ts';
import { userView } from '../views/user.ts';

/** Who begins late in the evening works for a while, not until midnight. */
const LEAST_MS = 4 * 3_600_000;

/**
 * Says whether one is there: talks come only to those who are online. The view's `away` says why none come all the same.
 * With `workNow` one works in spite of one's hours and absences until the day ends, at least four hours; going offline
 * ends it.
 */
export async function setPresence(
  desk: Desk,
  who: Principal,
  state: PresenceState,
  { workNow = false }: { workNow?: boolean } = {},
): Promise<UserView> {
  const { users } = desk.stores;
  const { id } = who.user;
  const now = desk.clock.now();
  const user = await users.setPresence(id, state, now);
  if (!user) throw new Refusal('not_found', 'There is no such person.');
  if (workNow && state !== 'offline')
    await users.change(id, { workUntil: endOfDay(now, user.timeZone, LEAST_MS) });
  else if (state === 'offline' && user.workUntil) await users.change(id, { workUntil: null });
  return userView(desk, (await desk.presence.look(id, true)) ?? user);
}
