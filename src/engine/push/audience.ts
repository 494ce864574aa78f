import type { DomainEventOf } from '../../domain/events/events.ts';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import type { Stores } from '../../domain/stores.ts';
import type { Grants } from '../../contract/rights.ts';

type Audience = DomainEventOf<'alert'>['audience'];

/** Ids of the people an alert is for, each once. */
export async function peopleOf(
  stores: Pick<Stores, 'users' | 'roles'>,
  audience: Audience,
): Promise<string[]> {
  if (audience === 'administrators') return ofRoles(stores, looksAfterAll);
  if (audience === 'supervisors') return ofRoles(stores, supervises);
  const more = audience.and ? await ofRoles(stores, supervises) : [];
  return [...new Set([...audience.userIds, ...more])];
}

const looksAfterAll = (grants: Grants): boolean => grants['settings.change'] !== undefined;
const supervises = (grants: Grants): boolean =>
  grants['talk.intercept'] === 'all' || looksAfterAll(grants);

async function ofRoles(
  stores: Pick<Stores, 'users' | 'roles'>,
  chosen: (grants: Grants) => boolean,
): Promise<string[]> {
  const own = (await stores.roles.all()).map(({ id, grants }) => [id, { grants }] as const);
  const roles = [...Object.entries(BUILT_IN_ROLES), ...own];
  const names = roles.filter(([, { grants }]) => chosen(grants)).map(([name]) => name);
  const people = await Promise.all(names.map((name) => stores.users.ofRole(name)));
  return people.flat().map(({ id }) => id);
}
