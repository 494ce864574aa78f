import type { DealView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { dealViews } from '../views/crm.ts';
import { listOwners } from './reach.ts';
import type { WantedOwners } from './reach.ts';

/** Deals, newest first. `q`: words of the title by prefix. */
export async function listDeals(
  desk: Desk,
  who: Principal,
  filter: WantedOwners & {
    q?: string;
    state?: 'open' | 'won' | 'lost';
    contactId?: string;
    stageId?: string;
  },
  page: PageRequest,
): Promise<Page<DealView>> {
  const { ownerId, departmentId, ...rest } = filter;
  const wanted = { ...(ownerId && { ownerId }), ...(departmentId && { departmentId }) };
  const ownerIds = await listOwners(desk, who, 'deal.read', 'see deals', wanted);
  const found = await desk.stores.deals.list({ ...rest, ...(ownerIds && { ownerIds }) }, page);
  return { items: await dealViews(desk, found.items), nextCursor: found.nextCursor };
}
