import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { DepartmentView } from '../../contract/wire.ts';
import type { Department } from '../../domain/operators/department.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';

/** A department: its name. */
export const departmentBody = z.strictObject({
  name: z
    .string('name: give one.')
    .trim()
    .min(1, 'name: give one.')
    .max(100, 'name: at most 100 characters.'),
});
type DepartmentBody = z.output<typeof departmentBody>;

const view = ({ id, name }: Department): DepartmentView => ({ id, name });
const none = (): Refusal => new Refusal('not_found', 'There is no such department.');

/** All of them by name, for everybody who may see people. */
export async function listDepartments(desk: Desk, who: Principal): Promise<DepartmentView[]> {
  permit(who, 'user.read', 'see the departments');
  return (await desk.stores.departments.all()).map(view);
}

/** Makes one. */
export async function createDepartment(
  desk: Desk,
  who: Principal,
  { name }: DepartmentBody,
): Promise<DepartmentView> {
  permit(who, 'user.change', 'make departments');
  const made = await desk.stores.departments.create(name, desk.clock.now());
  await recordAudit(desk, who, 'department.create', `Made the department ${made.name}.`);
  return view(made);
}

/** Gives it another name. */
export async function renameDepartment(
  desk: Desk,
  who: Principal,
  id: string,
  { name }: DepartmentBody,
): Promise<DepartmentView> {
  permit(who, 'user.change', 'rename departments');
  const renamed = await desk.stores.departments.rename(id, name);
  if (!renamed) throw none();
  await recordAudit(desk, who, 'department.change', `Renamed a department: ${renamed.name}.`);
  return view(renamed);
}

/** Removes one that nobody belongs to. */
export async function removeDepartment(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'user.change', 'remove departments');
  const known = await desk.stores.departments.get(id);
  const end = known && (await desk.stores.departments.remove(id));
  if (!end) throw none();
  if (end === 'in use')
    throw new Refusal(
      'rule_broken',
      `People belong to ${known.name}: move them to another department first.`,
    );
  await recordAudit(desk, who, 'department.remove', `Removed the department ${known.name}.`);
}

/** Refuses a department that there is none of. */
export async function checkDepartment(
  desk: Pick<Desk, 'stores'>,
  id: string | null | undefined,
): Promise<void> {
  if (id && !(await desk.stores.departments.get(id)))
    throw new Refusal('rule_broken', 'There is no such department.', { field: 'departmentId' });
}
