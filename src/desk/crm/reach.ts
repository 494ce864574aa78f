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

/** Whose records a list is asked for; with neither, everybody's. */
export interface WantedOwners {
  ownerId?: string;
  /** Of the people of this department. */
  departmentId?: string;
}

/** Ids of those who are asked for; undefined: everybody. */
export async function wantedOwners(
  desk: Pick<Desk, 'stores'>,
  { ownerId, departmentId }: WantedOwners,
): Promise<readonly string[] | undefined> {
  if (departmentId === undefined) return ownerId === undefined ? undefined : [ownerId];
  const people = await desk.stores.departments.people(departmentId);
  return ownerId === undefined ? people : people.filter((id) => id === ownerId);
}

/**
 * Whose records a list may show: undefined is everybody's. Who may not see all sees their own, or their department's, and
 * is refused one other person's.
 */
export async function listOwners(
  desk: Pick<Desk, 'stores'>,
  who: Principal,
  right: Right,
  doing: string,
  wanted: WantedOwners,
): Promise<readonly string[] | undefined> {
  permit(who, right, doing);
  const asked = await wantedOwners(desk, wanted);
  if (who.grants[right] === 'all') return asked;
  const { id, departmentId } = who.user;
  const colleagues =
    who.grants[right] === 'department' && departmentId !== null
      ? await desk.stores.departments.people(departmentId)
      : [];
  const theirs = [...new Set([id, ...colleagues])];
  if (wanted.ownerId !== undefined && !theirs.includes(wanted.ownerId))
    throw new Refusal('forbidden', `You may not ${doing} of others.`);
  return asked ? asked.filter((one) => theirs.includes(one)) : theirs;
}
