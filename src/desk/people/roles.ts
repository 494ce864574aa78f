import { Refusal } from '../../base/errors.ts';
import type { Grants, Reach } from '../../contract/rights.ts';
import { RIGHTS } from '../../contract/rights.ts';
import type { RoleView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { grantsOf } from './identify.ts';

const REACH: Record<Reach, number> = { own: 1, department: 2, all: 3 };

/** All roles, those that come with the product first. */
export async function listRoles(desk: Desk): Promise<RoleView[]> {
  const builtIn = Object.entries(BUILT_IN_ROLES).map(([id, { name, grants }]) => ({
    id,
    name,
    builtIn: true,
    grants,
  }));
  const made = await desk.stores.roles.all();
  return [
    ...builtIn,
    ...made.map(({ id, name, grants }) => ({ id, name, builtIn: false, grants })),
  ];
}

/** Refuses a role that there is none of, or that may more than the person who gives it. */
export async function mayGrant(desk: Desk, who: Principal, role: string): Promise<void> {
  const known = Object.hasOwn(BUILT_IN_ROLES, role) || (await desk.stores.roles.get(role)) !== null;
  if (!known)
    throw new Refusal(
      'rule_broken',
      `There is no role "${role}". Use administrator, supervisor or operator.`,
      {
        field: 'role',
      },
    );
  if (exceeds(await grantsOf(desk, role), who.grants))
    throw new Refusal('forbidden', 'You may not give a role that may more than you.', {
      field: 'role',
    });
}

/** Whether `grants` reach anywhere further than `limit`. */
export function exceeds(grants: Grants, limit: Grants): boolean {
  const far = (reach: Reach | undefined): number => (reach ? REACH[reach] : 0);
  return RIGHTS.some((right) => far(grants[right]) > far(limit[right]));
}
