import type { DealView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { dealViews } from '../views/crm.ts';
import { listOwner } from './reach.ts';

/** Deals, newest first. `q`: words of the title by prefix. */
export async function listDeals(
  desk: Desk,
  who: Principal,
  filter: {
    q?: string;
    state?: 'open' | 'won' | 'lost';
    ownerId?: string;
    contactId?: string;
    stageId?: string;
  },
  page: PageRequest,
): Promise<Page<DealView>> {
  const ownerId = listOwner(who, 'deal.read', 'see deals', filter.ownerId);
  const { ownerId: _, ...rest } = filter;
  const found = await desk.stores.deals.list({ ...rest, ...(ownerId ? { ownerId } : {}) }, page);
  return { items: await dealViews(desk, found.items), nextCursor: found.nextCursor };
}
