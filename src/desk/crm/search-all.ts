import { Refusal } from '../../base/errors.ts';
import type { SearchView } from '../../contract/wire.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { listContacts } from './list-contacts.ts';
import { listDeals } from './list-deals.ts';
import { listLeads } from './list-leads.ts';
import { readDealByNumber } from './read-deal.ts';
import { readLeadByNumber } from './read-lead.ts';

const NOTHING: SearchView = { contacts: [], leads: [], deals: [] };

/**
 * Finds contacts, leads and deals by words of their names, phone digits or the start of an e-mail;
 * `L5` and `#17` name one. Each kind: at most `limit`, newest first; a kind that the person may not
 * read stays empty. Text without letters or digits finds nothing.
 */
export async function searchAll(
  desk: Desk,
  who: Principal,
  text: string,
  limit = 10,
): Promise<SearchView> {
  const q = text.trim();
  if (!/[\p{L}\p{N}]/u.test(q)) return NOTHING;
  const byNumber = await searchNumber(desk, who, q);
  if (byNumber) return byNumber;
  const page = { limit };
  const [contacts, leads, deals] = await Promise.all([
    may(who, 'contact.read') ? listContacts(desk, who, { q }, page) : null,
    may(who, 'lead.read') ? listLeads(desk, who, { q }, page) : null,
    may(who, 'deal.read') ? listDeals(desk, who, { q }, page) : null,
  ]);
  return { contacts: contacts?.items ?? [], leads: leads?.items ?? [], deals: deals?.items ?? [] };
}

/** Null: the text is no number of a lead or deal, or of none that the person may see. */
async function searchNumber(desk: Desk, who: Principal, q: string): Promise<SearchView | null> {
  const [, kind, digits] = /^([L#])(\d{1,9})$/i.exec(q) ?? [];
  if (kind === undefined) return null;
  try {
    return kind === '#'
      ? { ...NOTHING, deals: [await readDealByNumber(desk, who, Number(digits))] }
      : { ...NOTHING, leads: [await readLeadByNumber(desk, who, Number(digits))] };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
