import { Refusal } from '../../base/errors.ts';
import { RIGHTS } from '../../contract/rights.ts';
import type { BuiltInRole, Grants, Reach, Right } from '../../contract/rights.ts';
import type { User } from './user.ts';

/** Who acts, with what they may do. Every use case takes one. */
export interface Principal {
  user: User;
  grants: Grants;
  /** Lines the person is a member of. */
  lineIds: readonly string[];
  /** Where the person calls from, for the audit log; absent where there is no such thing. */
  address?: string;
}

const ALL: Grants = Object.fromEntries(RIGHTS.map((right) => [right, 'all' as Reach]));

/** The roles that come with the product. */
export const BUILT_IN_ROLES: Record<BuiltInRole, { name: string; grants: Grants }> = {
  administrator: { name: 'Administrator', grants: ALL },
  supervisor: {
    name: 'Supervisor',
    grants: {
      'talk.read': 'all',
      'talk.reply': 'all',
      'talk.take': 'all',
      'talk.assign': 'all',
      'talk.close': 'all',
      'talk.intercept': 'all',
      'talk.score': 'all',
      'contact.read': 'all',
      'contact.change': 'all',
      'lead.read': 'all',
      'lead.change': 'all',
      'deal.read': 'all',
      'deal.change': 'all',
      'line.read': 'all',
      'canned.change': 'all',
      'flow.read': 'all',
      'user.read': 'all',
      'delivery.read': 'all',
      'delivery.resend': 'all',
    },
  },
  operator: {
    name: 'Operator',
    grants: {
      'talk.read': 'own',
      'talk.reply': 'own',
      'talk.take': 'own',
      'talk.assign': 'own',
      'talk.close': 'own',
      'contact.read': 'all',
      'contact.change': 'all',
      'lead.read': 'all',
      'lead.change': 'own',
      'deal.read': 'own',
      'deal.change': 'own',
      'line.read': 'all',
      'user.read': 'all',
      'delivery.read': 'own',
      'delivery.resend': 'own',
    },
  },
};

/** What a thing is to the person: theirs, or somebody's. `ownerIds` empty: nobody's yet. */
export interface Owned {
  ownerIds: readonly (string | null)[];
  departmentId?: string | null;
}

/** Whether the person may. Without `target`: whether they may at all. */
export function may(who: Principal, right: Right, target?: Owned): boolean {
  const reach = who.grants[right];
  if (!reach) return false;
  if (reach === 'all' || !target) return true;
  if (target.ownerIds.includes(who.user.id)) return true;
  return (
    reach === 'department' &&
    who.user.departmentId !== null &&
    target.departmentId === who.user.departmentId
  );
}

/** Throws `forbidden` unless `may`. `doing` completes "You may not …". */
export function permit(who: Principal, right: Right, doing: string, target?: Owned): void {
  if (!may(who, right, target)) throw new Refusal('forbidden', `You may not ${doing}.`);
}
