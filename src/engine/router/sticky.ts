import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Line } from '../../domain/lines/line.ts';
import { reasonAgainst } from './candidates.ts';
import type { RouterParts } from './queue.ts';
import type { Roster } from './roster.ts';

/** Whom a customer who comes back goes to; `operatorId` null: they can not have it now, and why. */
export interface Sticky {
  operatorId: string | null;
  why: string;
}

/**
 * Who had the customer last, or owns them in the CRM, as the line says. Only for a session that nobody was tried for:
 * once somebody had their turn, the queue goes on. Null: there is nobody such.
 */
export async function stickyOf(
  { stores }: Pick<RouterParts, 'stores'>,
  roster: Roster,
  { contactId, lastOwnerId, session }: Conversation,
  line: Line,
): Promise<Sticky | null> {
  if (line.sticky === 'none' || session.tried.length > 0 || session.rounds > 0) return null;
  const operatorId =
    line.sticky === 'last'
      ? (lastOwnerId ?? null)
      : ((await stores.contacts.get(contactId))?.ownerId ?? null);
  if (operatorId === null) return null;
  await roster.prepare([line], [operatorId]);
  const user = roster.users.get(operatorId);
  if (!user || (line.sticky === 'last' && !line.members.includes(operatorId))) return null;
  const has =
    line.sticky === 'last' ? 'had this customer last' : 'is the customer’s owner in the CRM';
  const against = reasonAgainst(user, roster.load(operatorId, line), line.maxTalksPerOperator);
  return against
    ? { operatorId: null, why: `${user.name} ${has}, but can not have the talk: ${against}` }
    : { operatorId, why: `${user.name} ${has}.` };
}
