import { Refusal } from '../../base/errors.ts';
import type { Right } from '../../contract/rights.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Owned, Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

/** What decides whose a CRM record is. */
export interface Possession {
  ownerId: string | null;
  /** Operators of these talks may work on the record too: it is their customer's. */
  conversationId?: string | null;
  /** All talks of this contact, in the same sense. */
  talksOf?: string;
}

/**
 * Throws `forbidden` unless the person may do it to this record. Looks nothing up for those who may
 * do it to all.
 */
export async function permitRecord(
  desk: Desk,
  who: Principal,
  right: Right,
  doing: string,
  record: Possession,
): Promise<void> {
  permit(who, right, doing);
  if (who.grants[right] === 'all' || record.ownerId === who.user.id) return;
  permit(who, right, doing, await possession(desk, record));
}

async function possession(desk: Desk, record: Possession): Promise<Owned> {
  const { conversations, users } = desk.stores;
  const [owner, talk, talks] = await Promise.all([
    record.ownerId === null ? null : users.get(record.ownerId),
    record.conversationId ? conversations.get(record.conversationId) : null,
    record.talksOf === undefined ? [] : conversations.ofContact(record.talksOf),
  ]);
  return {
    ownerIds: [
      record.ownerId,
      talk?.session.ownerId ?? null,
      ...talks.map(({ session }) => session.ownerId),
    ],
    departmentId: owner?.departmentId ?? null,
  };
}

/**
 * Whose records a list may show: undefined is everybody's. Who may not see all sees their own, and
 * is refused others'. A department's reach lists one's own too, until lists can be asked for
 * several owners.
 */
export function listOwner(
  who: Principal,
  right: Right,
  doing: string,
  asked: string | undefined,
): string | undefined {
  permit(who, right, doing);
  if (who.grants[right] === 'all') return asked;
  if (asked !== undefined && asked !== who.user.id)
    throw new Refusal('forbidden', `You may not ${doing} of others.`);
  return who.user.id;
}
