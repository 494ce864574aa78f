import { Refusal } from '../../base/errors.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';

/** The active person of this handle, written with or without `@`. */
export async function colleague(desk: Desk, person: string): Promise<User> {
  const handle = person.replace(/^@/, '').toLowerCase();
  const user = await desk.stores.users.byHandle(handle);
  if (user?.active) return user;
  const near = await desk.stores.users.list({ active: true, q: handle }, { limit: 3 });
  const meant = near.items.map((one) => `@${one.handle}`).join(', ');
  throw new Refusal(
    'rule_broken',
    `Nobody here is called @${handle}.${meant ? ` Perhaps ${meant}?` : ''}`,
    { field: 'person' },
  );
}
