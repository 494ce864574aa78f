import { Refusal } from '../../base/errors.ts';
import { formatMoney } from '../../base/money.ts';
import type { DealBody, DealView } from '../../contract/wire.ts';
import type { Deal } from '../../domain/crm/records.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { dealView } from '../views/crm.ts';
import { contactField, moneyField, nameField, ownerField } from './fields.ts';
import { permitRecord } from './reach.ts';
import { differenceOf, entryOf } from './record-change.ts';
import type { Words } from './record-change.ts';
import { placeOf } from './stages.ts';
import { turns } from './turns.ts';

/** What can change of a deal that is there. */
export type DealChange = Omit<DealBody, 'conversationId'>;

/**
 * Changes a deal; what differs goes into its timeline with `why`. Another pipeline without a stage:
 * its first stage.
 */
export function changeDeal(
  desk: Desk,
  who: Principal,
  id: string,
  body: DealChange,
): Promise<DealView> {
  return turns.run(`deal:${id}`, async () => {
    const deal = await desk.stores.deals.get(id);
    if (!deal) throw new Refusal('not_found', 'There is no such deal.');
    await permitRecord(desk, who, 'deal.change', 'change this deal', deal);
    const difference = differenceOf(deal, await readChange(desk, deal, body), await wordsOf(desk));
    if (!difference) return dealView(desk, deal);
    const { after } = difference;
    const entry = entryOf(desk, { kind: 'deal', id }, actorOf(who), difference, body.why ?? null);
    const changed = await desk.stores.deals.change(id, after, desk.clock.now(), entry);
    if (!changed) throw new Refusal('not_found', 'This deal was deleted.');
    desk.bus.publish({ type: 'deal.changed', dealId: id });
    return dealView(desk, changed);
  });
}

async function readChange(desk: Desk, deal: Deal, body: DealChange): Promise<Partial<Deal>> {
  const moves = body.pipelineId !== undefined || body.stageId !== undefined;
  const place = { pipelineId: body.pipelineId ?? deal.pipelineId, stageId: body.stageId };
  return {
    ...(body.title === undefined ? {} : { title: nameField(body.title, 'title') }),
    ...(body.amount === undefined ? {} : { amount: moneyField(body.amount) }),
    ...(moves ? await placeOf(desk, place) : {}),
    ...(body.state === undefined ? {} : { state: body.state }),
    ...(body.contactId === undefined
      ? {}
      : { contactId: await contactField(desk, body.contactId) }),
    ...(body.ownerId === undefined ? {} : { ownerId: await ownerField(desk, body.ownerId) }),
  };
}

async function wordsOf(desk: Desk): Promise<Words<Deal>> {
  const pipelines = await desk.stores.deals.pipelines();
  const stages = new Map(pipelines.flatMap((one) => one.stages.map(({ id, name }) => [id, name])));
  const names = new Map(pipelines.map(({ id, name }) => [id, name]));
  return {
    title: { label: 'Title', show: (title) => title },
    amount: { label: 'Amount', show: (amount) => `${formatMoney(amount)} ${amount.currency}` },
    pipelineId: { label: 'Pipeline', show: (id) => names.get(id) ?? '' },
    stageId: { label: 'Stage', show: (id) => stages.get(id) ?? '' },
    state: { label: 'State', show: (state) => state },
    contactId: { label: 'Contact' },
    ownerId: { label: 'Owner' },
  };
}
