import { z } from 'zod';
import type { UserView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { zoneText } from '../lines/time-zone.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { userView } from '../views/user.ts';
import { checkDepartment } from './departments.ts';
import { makeUser } from './make-user.ts';
import { passwordText } from './password.ts';
import { emailText, maxTalksNumber, nameText } from './person-fields.ts';
import { mayGrant } from './roles.ts';

/** A new person. */
export const newUser = z.strictObject({
  name: nameText,
  email: emailText,
  password: passwordText,
  role: z.string('Give a role: administrator, supervisor or operator.').min(1).max(64),
  departmentId: z.string().max(64).nullable().optional(),
  timeZone: zoneText.optional(),
  maxTalks: maxTalksNumber.optional(),
});

/** Adds a person who works here. */
export async function createUser(
  desk: Desk,
  who: Principal,
  person: z.output<typeof newUser>,
): Promise<UserView> {
  permit(who, 'user.change', 'add people');
  await mayGrant(desk, who, person.role);
  await checkDepartment(desk, person.departmentId);
  const user = await makeUser(desk, person);
  await recordAudit(
    desk,
    who,
    'user.create',
    `Added ${user.name} (${user.email}) as ${user.role}.`,
  );
  desk.bus.publish({ type: 'user.changed', userId: user.id });
  return userView(desk, user);
}
