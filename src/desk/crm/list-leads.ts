import type { LeadStatus, LeadView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { leadViews } from '../views/crm.ts';
import { listOwners } from './reach.ts';
import type { WantedOwners } from './reach.ts';

/** Leads, newest first. `q`: words of the name by prefix. */
export async function listLeads(
  desk: Desk,
  who: Principal,
  filter: WantedOwners & { q?: string; status?: LeadStatus; contactId?: string },
  page: PageRequest,
): Promise<Page<LeadView>> {
  const { ownerId, departmentId, ...rest } = filter;
  const wanted = { ...(ownerId && { ownerId }), ...(departmentId && { departmentId }) };
  const ownerIds = await listOwners(desk, who, 'lead.read', 'see leads', wanted);
  const found = await desk.stores.leads.list({ ...rest, ...(ownerIds && { ownerIds }) }, page);
  return { items: await leadViews(desk, found.items), nextCursor: found.nextCursor };
}
