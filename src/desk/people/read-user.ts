import { Refusal } from '../../base/errors.ts';
import type { UserView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { userView } from '../views/user.ts';

/** One person. */
export async function readUser(desk: Desk, who: Principal, id: string): Promise<UserView> {
  if (id !== who.user.id) permit(who, 'user.read', 'see the people who work here');
  const user = await desk.stores.users.get(id);
  if (!user) throw new Refusal('not_found', 'There is no such person.');
  return userView(desk, user);
}
