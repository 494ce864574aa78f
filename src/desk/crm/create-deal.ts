import { Refusal } from '../../base/errors.ts';
import { formatMoney } from '../../base/money.ts';
import type { DealBody, DealView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { actorOf } from '../talks/access.ts';
import { readTalk } from '../talks/read-talk.ts';
import { dealView } from '../views/crm.ts';
import { contactField, moneyField, nameField, ownerField } from './fields.ts';
import { permitRecord } from './reach.ts';
import { entryOf } from './record-change.ts';
import { placeOf } from './stages.ts';

/**
 * Makes a deal. Without an owner given it is the maker's; without a pipeline or stage, the first
 * one's; without an amount, 0 in the company's currency; with a talk, its customer's.
 */
export async function createDeal(desk: Desk, who: Principal, body: DealBody): Promise<DealView> {
  if (body.title === undefined)
    throw new Refusal('malformed', 'title: give one.', { field: 'title' });
  const ownerId = body.ownerId === undefined ? who.user.id : body.ownerId;
  await permitRecord(desk, who, 'deal.change', 'make deals', { ownerId });
  const talk = body.conversationId ? await readTalk(desk, who, body.conversationId) : null;
  const deal = {
    title: nameField(body.title, 'title'),
    amount: moneyField(
      body.amount ?? { amount: '0', currency: (await desk.stores.settings.read()).currency },
    ),
    ...(await placeOf(desk, body)),
    contactId:
      body.contactId === undefined
        ? (talk?.contact.id ?? null)
        : await contactField(desk, body.contactId),
    companyId: null,
    ownerId: await ownerField(desk, ownerId),
    conversationId: talk?.id ?? null,
    state: body.state ?? 'open',
  };
  const { title, amount, stageId, state } = deal;
  const made = await desk.stores.deals.create(deal, desk.clock.now(), ({ id, number }) =>
    entryOf(
      desk,
      { kind: 'deal', id },
      actorOf(who),
      {
        what: `Deal #${number} made: ${title}, ${formatMoney(amount)} ${amount.currency}.`,
        before: null,
        after: { title, amount, stageId, state, ownerId: deal.ownerId },
      },
      body.why ?? null,
    ),
  );
  desk.bus.publish({ type: 'deal.created', dealId: made.id });
  return dealView(desk, made);
}
