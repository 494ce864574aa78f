import type { LeadStatus, LeadView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { leadViews } from '../views/crm.ts';
import { listOwner } from './reach.ts';

/** Leads, newest first. `q`: words of the name by prefix. */
export async function listLeads(
  desk: Desk,
  who: Principal,
  filter: { q?: string; status?: LeadStatus; ownerId?: string; contactId?: string },
  page: PageRequest,
): Promise<Page<LeadView>> {
  const ownerId = listOwner(who, 'lead.read', 'see leads', filter.ownerId);
  const { ownerId: _, ...rest } = filter;
  const found = await desk.stores.leads.list({ ...rest, ...(ownerId ? { ownerId } : {}) }, page);
  return { items: await leadViews(desk, found.items), nextCursor: found.nextCursor };
}
