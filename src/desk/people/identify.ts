import type { BuiltInRole, Grants } from '../../contract/rights.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import type { SignIn, User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { digest } from './keys.ts';

/** Name of the cookie that holds a sign-in's key. */
export const SESSION_COOKIE = 'openline_session';
/** How long a sign-in lives after it was last seen. */
export const SIGN_IN_MS = 14 * 24 * 3600_000;
// The end of a sign-in is moved, and the use of a token noted, at most so often: a write per request would be waste.
const SEEN_EVERY_MS = 3600_000;
const USED_EVERY_MS = 60_000;

/** What a role grants; a role that is gone grants nothing. */
export async function grantsOf(desk: Pick<Desk, 'stores'>, role: string): Promise<Grants> {
  const builtIn = BUILT_IN_ROLES[role as BuiltInRole] as { grants: Grants } | undefined;
  return builtIn?.grants ?? (await desk.stores.roles.get(role))?.grants ?? {};
}

/** A user with all that they may. */
export async function principalOf(desk: Pick<Desk, 'stores'>, user: User): Promise<Principal> {
  const [grants, lines] = await Promise.all([
    grantsOf(desk, user.role),
    desk.stores.lines.ofMember(user.id),
  ]);
  return { user, grants, lineIds: lines.map((line) => line.id) };
}

/** The person with this id as they stand now. Null: gone or deactivated. */
async function principalById(desk: Desk, userId: string): Promise<Principal | null> {
  const user = await desk.stores.users.get(userId);
  return user?.active ? principalOf(desk, user) : null;
}

/** Who holds this session key. Null: unknown, over, or the person is deactivated. Moves the end of the session. */
export async function identifyBySignIn(
  desk: Desk,
  key: string,
): Promise<{ who: Principal; signIn: SignIn } | null> {
  const signIn = await desk.stores.signIns.byKeyHash(digest(key));
  const now = desk.clock.now();
  if (!signIn || signIn.expiresAt <= now) return null;
  const who = await principalById(desk, signIn.userId);
  if (!who) return null;
  if (now.getTime() - signIn.seenAt.getTime() > SEEN_EVERY_MS)
    await desk.stores.signIns.seen(signIn.id, now, new Date(now.getTime() + SIGN_IN_MS));
  return { who, signIn };
}

/** Who holds this personal token. Null: unknown, or the person is deactivated. */
export async function identifyByToken(desk: Desk, text: string): Promise<Principal | null> {
  const token = await desk.stores.tokens.byKeyHash(digest(text));
  if (!token) return null;
  const now = desk.clock.now();
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > USED_EVERY_MS)
    await desk.stores.tokens.used(token.id, now);
  return principalById(desk, token.userId);
}
