import type { SessionView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { readSettings } from '../settings/read-settings.ts';
import { userView } from '../views/user.ts';

/** What a signed-in page begins with. `csrf` is empty for those who came with a token: they need none. */
export async function sessionView(desk: Desk, who: Principal, csrf: string): Promise<SessionView> {
  const [user, company] = await Promise.all([userView(desk, who.user), readSettings(desk)]);
  return { user, csrf, grants: who.grants, company };
}
