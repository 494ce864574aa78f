import { Refusal } from '../../base/errors.ts';
import type { LeadView } from '../../contract/wire.ts';
import type { Lead } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { leadView } from '../views/crm.ts';
import { permitRecord } from './reach.ts';

/** One lead. */
export async function readLead(desk: Desk, who: Principal, id: string): Promise<LeadView> {
  return shown(desk, who, await desk.stores.leads.get(id));
}

/** The same by the number that people use: `L5`. */
export async function readLeadByNumber(
  desk: Desk,
  who: Principal,
  number: number,
): Promise<LeadView> {
  return shown(desk, who, await desk.stores.leads.byNumber(number));
}

async function shown(desk: Desk, who: Principal, lead: Lead | null): Promise<LeadView> {
  if (!lead) throw new Refusal('not_found', 'There is no such lead.');
  await permitRecord(desk, who, 'lead.read', 'see this lead', lead);
  return leadView(desk, lead);
}
