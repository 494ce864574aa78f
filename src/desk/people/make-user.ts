import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { isTimeZone } from '../lines/time-zone.ts';
import { hashPassword } from './password.ts';
import { handleOf } from './person-fields.ts';

/** What a person is made of; the rest has defaults. */
export interface NewPerson {
  name: string;
  email: string;
  password: string;
  role: string;
  departmentId?: string | null | undefined;
  timeZone?: string | undefined;
  maxTalks?: number | null | undefined;
}

/** Stores a new person. Rights are the caller's matter. A second use of an e-mail is refused (`duplicate`). */
export async function makeUser(desk: Desk, person: NewPerson): Promise<User> {
  const { timeZone } = person;
  return desk.stores.users.create({
    name: person.name,
    email: person.email,
    handle: handleOf(person.name, person.email),
    passwordHash: await hashPassword(person.password),
    role: person.role,
    departmentId: person.departmentId ?? null,
    timeZone:
      timeZone && isTimeZone(timeZone) ? timeZone : (await desk.stores.settings.read()).timeZone,
    active: true,
    maxTalks: person.maxTalks ?? null,
  });
}
