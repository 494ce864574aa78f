import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { UserView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { hoursField } from '../lines/line-fields.ts';
import { tidyHours } from '../lines/tidy.ts';
import { zoneText } from '../lines/time-zone.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { userView } from '../views/user.ts';
import { checkDepartment } from './departments.ts';
import { silenceDevices } from './devices.ts';
import { grantsOf } from './identify.ts';
import { hashPassword, passwordMatches, passwordText } from './password.ts';
import { emailText, maxTalksNumber, nameText } from './person-fields.ts';
import { exceeds, mayGrant } from './roles.ts';

/** What can be changed; what is left out stays. */
export const userChange = z.strictObject({
  name: nameText.optional(),
  email: emailText.optional(),
  password: passwordText.optional(),
  currentPassword: z.string().max(200).optional(),
  role: z.string().min(1).max(64).optional(),
  departmentId: z.string().max(64).nullable().optional(),
  timeZone: zoneText.optional(),
  active: z.boolean().optional(),
  maxTalks: maxTalksNumber.optional(),
  hours: hoursField.optional(),
  reachableByPhone: z.boolean().optional(),
});
type UserChange = z.output<typeof userChange>;

/** What people may change of themselves. */
const OWN_FIELDS = new Set(['name', 'password', 'currentPassword', 'timeZone', 'reachableByPhone']);

/**
 * Changes a person. One's own name, password (with the current one), time zone and whether one is reachable by phone need
 * no right. The last active
 * administrator stays one. A new password or the end of being active ends the person's sessions.
 */
export async function changeUser(
  desk: Desk,
  who: Principal,
  id: string,
  change: UserChange,
): Promise<UserView> {
  const before = await desk.stores.users.get(id);
  if (!before) throw new Refusal('not_found', 'There is no such person.');
  await checkRights(desk, who, before, change);
  await checkDepartment(desk, change.departmentId);
  const { password, currentPassword: _, role, active, hours, ...plain } = change;
  if (
    before.role === 'administrator' &&
    before.active &&
    (active === false || (role && role !== before.role))
  )
    await keepAnAdministrator(desk, before);

  const user = await desk.stores.users.change(id, {
    ...plain,
    ...(role === undefined ? {} : { role }),
    ...(active === undefined ? {} : { active }),
    ...(hours === undefined ? {} : { hours: tidyHours(hours) }),
    ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }),
  });
  if (!user) throw new Refusal('not_found', 'There is no such person.');
  if (password !== undefined || active === false) {
    await desk.stores.signIns.removeOfUser(id);
    await silenceDevices(desk, id);
  }
  if (active === false) await goOffline(desk, user);
  await recordAudit(desk, who, 'user.change', `Changed ${fields(change)} of ${user.name}.`);
  desk.bus.publish({ type: 'user.changed', userId: id });
  return userView(desk, (await desk.presence.look(id)) ?? user);
}

const checkRights = async (
  desk: Desk,
  who: Principal,
  before: User,
  change: UserChange,
): Promise<void> => {
  const own = who.user.id === before.id;
  if (own && Object.keys(change).every((field) => OWN_FIELDS.has(field))) {
    if (change.password !== undefined) await proveOwnPassword(before, change.currentPassword);
    return;
  }
  permit(who, 'user.change', 'change people');
  if (!own && exceeds(await grantsOf(desk, before.role), who.grants))
    throw new Refusal('forbidden', 'You may not change somebody who may more than you.');
  if (own && change.password !== undefined) await proveOwnPassword(before, change.currentPassword);
  if (own && change.active === false)
    throw new Refusal('rule_broken', 'You can not deactivate yourself.', { field: 'active' });
  if (change.role !== undefined) await mayGrant(desk, who, change.role);
};

const proveOwnPassword = async (user: User, current: string | undefined): Promise<void> => {
  if (current !== undefined && (await passwordMatches(current, user.passwordHash))) return;
  throw new Refusal('rule_broken', 'The current password is wrong.', { field: 'currentPassword' });
};

const keepAnAdministrator = async (desk: Desk, leaving: User): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await desk.stores.users.list({ active: true }, { limit: 200, cursor });
    if (page.items.some((user) => user.role === 'administrator' && user.id !== leaving.id)) return;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  throw new Refusal(
    'rule_broken',
    `${leaving.name} is the last administrator. Make another one first.`,
  );
};

const goOffline = async (desk: Desk, user: User): Promise<void> => {
  await desk.stores.users.setPresence(user.id, 'offline', desk.clock.now());
  desk.bus.publish({ type: 'presence.changed', userId: user.id, state: 'offline' });
};

const fields = (change: UserChange): string =>
  Object.keys(change)
    .filter((field) => field !== 'currentPassword')
    .join(', ') || 'nothing';
