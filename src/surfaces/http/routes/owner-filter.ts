import { z } from 'zod';
import type { WantedOwners } from '../../../desk/crm/reach.ts';
import type { Principal } from '../../../domain/operators/permissions.ts';
import { idText } from '../endpoint/query.ts';

/** `filter[owner]=me` or a person's id; `filter[department]`: that of the owner. */
export const ownerFields = {
  owner: z.union([z.literal('me'), idText], 'Give me, or the id of a person.').optional(),
  department: idText.optional(),
};

/** The owners that a list is asked for; nothing when it is asked for everybody's. */
export function ownersOf(
  who: Principal,
  filter: { owner?: string | undefined; department?: string | undefined } = {},
): WantedOwners {
  const { owner, department } = filter;
  return {
    ...(owner && { ownerId: owner === 'me' ? who.user.id : owner }),
    ...(department && { departmentId: department }),
  };
}
