import { z } from 'zod';
import type { Principal } from '../../../domain/operators/permissions.ts';
import { idText } from '../endpoint/query.ts';

/** `filter[owner]=me` or a person's id. */
export const ownerText = z.union([z.literal('me'), idText], 'Give me, or the id of a person.');

/** The owner that a list is asked for; nothing when it is asked for everybody's. */
export function wantedOwner(who: Principal, owner: string | undefined): { ownerId?: string } {
  if (owner === undefined) return {};
  return { ownerId: owner === 'me' ? who.user.id : owner };
}
