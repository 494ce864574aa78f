import type { AwayView, UserView } from '../../contract/wire.ts';
import { whyAway } from '../../domain/operators/away.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';

/** Users as others see them, with their open talks counted in one query. */
export async function userViews(
  desk: Pick<Desk, 'stores'>,
  users: readonly User[],
): Promise<UserView[]> {
  const loads = await desk.stores.conversations.loads(
    users.map((user) => user.id),
    null,
  );
  return users.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    handle: user.handle,
    role: user.role,
    departmentId: user.departmentId,
    timeZone: user.timeZone,
    active: user.active,
    maxTalks: user.maxTalks,
    presence: user.presence,
    away: awayView(user),
    hours: user.hours,
    workUntil: user.workUntil?.toISOString() ?? null,
    reachableByPhone: user.reachableByPhone,
    load: loads.get(user.id)?.total ?? 0,
    createdAt: user.createdAt.toISOString(),
  }));
}

const awayView = ({ away, timeZone }: User): AwayView | null =>
  away && {
    kind: away.kind,
    since: away.since?.toISOString() ?? null,
    until: away.until?.toISOString() ?? null,
    why: whyAway(away, timeZone),
  };

/** One user as others see them. */
export async function userView(desk: Pick<Desk, 'stores'>, user: User): Promise<UserView> {
  const [view] = await userViews(desk, [user]);
  if (!view) throw new Error('A user has no view.');
  return view;
}
