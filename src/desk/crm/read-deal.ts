import { Refusal } from '../../base/errors.ts';
import type { DealView } from '../../contract/wire.ts';
import type { Deal } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { dealView } from '../views/crm.ts';
import { permitRecord } from './reach.ts';

/** One deal. */
export async function readDeal(desk: Desk, who: Principal, id: string): Promise<DealView> {
  return shown(desk, who, await desk.stores.deals.get(id));
}

/** The same by the number that people use: `#17`. */
export async function readDealByNumber(
  desk: Desk,
  who: Principal,
  number: number,
): Promise<DealView> {
  return shown(desk, who, await desk.stores.deals.byNumber(number));
}

async function shown(desk: Desk, who: Principal, deal: Deal | null): Promise<DealView> {
  if (!deal) throw new Refusal('not_found', 'There is no such deal.');
  await permitRecord(desk, who, 'deal.read', 'see this deal', deal);
  return dealView(desk, deal);
}
