import type { Page, UserView } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { userViews } from '../views/user.ts';

/** People who work here, by name. `q`: the beginning of a name, handle or e-mail. */
export async function listUsers(
  desk: Desk,
  who: Principal,
  filter: { active?: boolean; q?: string },
  page: PageRequest,
): Promise<Page<UserView>> {
  permit(who, 'user.read', 'see the people who work here');
  const users = await desk.stores.users.list(filter, page);
  return { items: await userViews(desk, users.items), nextCursor: users.nextCursor };
}
