import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import { newUuid } from '../../base/ids.ts';
import type { AbsenceView } from '../../contract/wire.ts';
import type { Absence } from '../../domain/operators/away.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { User } from '../../domain/operators/user.ts';
import { spanOf } from '../../engine/presence/absences.ts';
import type { Desk } from '../desk.ts';
import { isDate } from '../lines/line-fields.ts';
import { recordAudit } from '../operations/record-audit.ts';

const GIVE = 'Give a day as 2026-12-24, or a time as 2026-12-24T14:00.';
const momentText = z
  .string(GIVE)
  .regex(/^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d)?$/, GIVE)
  .refine((text) => isDate(text.slice(0, 10)), 'There is no such day.');

/** An absence to be: in the person's zone; a `to` without a time is the last day of it. */
export const newAbsence = z.strictObject({
  from: momentText,
  to: momentText,
  kind: z.enum(['holiday', 'ill', 'other'], 'Give holiday, ill or other.').default('holiday'),
  note: z.string().trim().max(500, 'Give at most 500 characters.').default(''),
});

/** Of one person; years of them. */
const MOST = 300;

/** When somebody is away: their own, or, for those who look after people, anybody's. Earliest first. */
export async function listAbsences(
  desk: Desk,
  who: Principal,
  userId: string,
): Promise<AbsenceView[]> {
  return (await planned(desk, who, userId)).absences;
}

/** Notes an absence: while it lasts, no new talks go to the person. */
export async function addAbsence(
  desk: Desk,
  who: Principal,
  userId: string,
  given: z.output<typeof newAbsence>,
): Promise<AbsenceView> {
  const user = await planned(desk, who, userId);
  const { start, end } = spanOf(given, user.timeZone);
  if (end <= start)
    throw new Refusal('rule_broken', 'The absence ends before it begins.', { field: 'to' });
  if (user.absences.length >= MOST)
    throw new Refusal('rule_broken', `${user.name} has ${MOST} absences. Remove old ones first.`);
  const absence: Absence = { id: newUuid(), ...given };
  const absences = [...user.absences, absence].sort((a, b) => a.from.localeCompare(b.from));
  await keep(desk, who, user, absences, `Noted an absence of ${user.name}.`);
  return absence;
}

/** Takes an absence back. */
export async function removeAbsence(
  desk: Desk,
  who: Principal,
  userId: string,
  absenceId: string,
): Promise<void> {
  const user = await planned(desk, who, userId);
  const absences = user.absences.filter(({ id }) => id !== absenceId);
  if (absences.length === user.absences.length)
    throw new Refusal('not_found', 'There is no such absence.');
  await keep(desk, who, user, absences, `Removed an absence of ${user.name}.`);
}

/** Supervisors plan their people's days; the rest of a person is an administrator's to change. */
const planned = async (desk: Desk, who: Principal, userId: string): Promise<User> => {
  const plans = may(who, 'user.change') || who.grants['talk.intercept'] === 'all';
  if (userId !== who.user.id && !plans)
    throw new Refusal('forbidden', 'You may not see or plan when others are away.');
  const user = await desk.stores.users.get(userId);
  if (!user) throw new Refusal('not_found', 'There is no such person.');
  return user;
};

const keep = async (
  desk: Desk,
  who: Principal,
  user: User,
  absences: Absence[],
  did: string,
): Promise<void> => {
  await desk.stores.users.change(user.id, { absences });
  await recordAudit(desk, who, 'user.absence', did);
  await desk.presence.look(user.id);
};
