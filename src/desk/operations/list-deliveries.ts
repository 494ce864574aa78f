import type { DeliveryState, DeliveryView, Page } from '../../contract/wire.ts';
import type { PageRequest } from '../../domain/events/paging.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { deliveryViews } from '../views/delivery.ts';

/** States that people look for when none is named: what went wrong. */
const TROUBLES: readonly DeliveryState[] = ['failed', 'uncertain'];

/** Outgoing messages by how they stand, newest first. Without the right to all: those of one's lines. */
export async function listDeliveries(
  desk: Desk,
  who: Principal,
  filter: { states?: readonly DeliveryState[]; channelId?: string },
  page: PageRequest,
): Promise<Page<DeliveryView>> {
  permit(who, 'delivery.read', 'see the deliveries');
  const visible = await visibleAccounts(desk, who);
  const { channelId } = filter;
  const accountIds =
    channelId === undefined ? visible : [channelId].filter((id) => visible?.includes(id) ?? true);
  if (accountIds?.length === 0) return { items: [], nextCursor: null };
  const { items, nextCursor } = await desk.stores.outbox.list(
    filter.states ?? TROUBLES,
    accountIds,
    page,
  );
  return { items: await deliveryViews(desk, items), nextCursor };
}

const visibleAccounts = async (desk: Desk, who: Principal): Promise<string[] | null> => {
  if (who.grants['delivery.read'] === 'all') return null;
  const accounts = await Promise.all(
    who.lineIds.map((lineId) => desk.stores.accounts.ofLine(lineId)),
  );
  return accounts.flat().map(({ id }) => id);
};
