import { Refusal } from '../../base/errors.ts';
import type { Desk } from '../desk.ts';

/** Refuses a list of members that names somebody twice, or somebody who does not work here. */
export async function checkMembers(desk: Desk, members: readonly string[]): Promise<void> {
  const known = new Map((await desk.stores.users.many(members)).map((user) => [user.id, user]));
  for (const [place, id] of members.entries()) {
    const field = `members.${place}`;
    if (members.indexOf(id) !== place)
      throw new Refusal('rule_broken', `${field}: this person is in the list twice.`, { field });
    if (!known.get(id)?.active)
      throw new Refusal('rule_broken', `${field}: nobody who works here has the id "${id}".`, {
        field,
      });
  }
}
