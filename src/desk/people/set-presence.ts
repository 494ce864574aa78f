import { Refusal } from '../../base/errors.ts';
import type { PresenceState, UserView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { userView } from '../views/user.ts';

/** Says whether one is there: talks come only to those who are online. */
export async function setPresence(
  desk: Desk,
  who: Principal,
  state: PresenceState,
): Promise<UserView> {
  const user = await desk.stores.users.setPresence(who.user.id, state, desk.clock.now());
  if (!user) throw new Refusal('not_found', 'There is no such person.');
  desk.bus.publish({ type: 'presence.changed', userId: user.id, state });
  return userView(desk, user);
}
