import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import type { Reach } from '../../contract/rights.ts';
import type { DealBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeDeal } from './change-deal.ts';
import { createDeal } from './create-deal.ts';
import { listDeals } from './list-deals.ts';
import { listPipelines } from './list-pipelines.ts';
import type { WantedOwners } from './reach.ts';
import { readDeal } from './read-deal.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const create = (body: DealBody, who = sales.ann) => createDeal(sales.desk, who, body);
const change = (id: string, body: DealBody, who = sales.ann) =>
  changeDeal(sales.desk, who, id, body);

describe('createDeal', () => {
  it('begins in the first stage of the first pipeline, for the customer of the talk', async () => {
    const { contact, conversation } = await sales.customer({ name: 'Lee', owner: sales.ann });
    const [pipeline] = await listPipelines(sales.desk, sales.ann);
    const deal = await create({
      title: 'Website redesign',
      amount: EUR('5000'),
      conversationId: conversation.id,
    });
    expect(deal).toMatchObject({
      amount: EUR('5000.00'),
      pipelineId: pipeline?.id,
      stageId: pipeline?.stages[0]?.id,
      stage: pipeline?.stages[0]?.name,
      contactId: contact.id,
      contactName: 'Lee',
      ownerName: 'Ann',
      conversationId: conversation.id,
      state: 'open',
    });
    expect(await sales.timeline('deal', deal.id)).toEqual([
      `Deal #${deal.number} made: Website redesign, 5000.00 EUR.`,
    ]);
    expect(sales.events).toContainEqual({ type: 'deal.created', dealId: deal.id });
  });

  it('is worth 0 in the company’s currency when no amount is given', async () => {
    const { currency } = await sales.desk.stores.settings.read();
    expect((await create({ title: 'Later' })).amount).toEqual({ amount: '0.00', currency });
  });

  it('keeps as many digits as the currency has', async () => {
    expect(
      (await create({ title: 'Yen', amount: { amount: '5000', currency: 'jpy' } })).amount,
    ).toEqual({
      amount: '5000',
      currency: 'JPY',
    });
  });

  it.each([
    [{}, 'title'],
    [{ title: 'x', amount: EUR('-5') }, 'amount'],
    [{ title: 'x', amount: EUR('5.123') }, 'amount'],
    [{ title: 'x', amount: EUR('1e9') }, 'amount'],
    [{ title: 'x', amount: { amount: '5', currency: 'EUX' } }, 'amount'],
    [{ title: 'x', stageId: 'nowhere' }, 'stageId'],
    [{ title: 'x', pipelineId: '0'.repeat(24) }, 'pipelineId'],
    [{ title: 'x', contactId: '0'.repeat(24) }, 'contactId'],
  ])('refuses %j, naming %s', async (body, field) => {
    await expect(create(body)).rejects.toMatchObject({ field });
  });

  it('is refused to an operator for somebody else', async () => {
    await expect(create({ title: 'x', ownerId: sales.bob.user.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('changeDeal', () => {
  it('moves through stages to won, every step in the timeline', async () => {
    const deal = await create({ title: 'Website', amount: EUR('5000') });
    await change(deal.id, { stageId: 'negotiation', amount: EUR('5200.50') });
    sales.clock.advance(1000);
    const won = await change(deal.id, { state: 'won', why: 'Signed' });
    expect(won).toMatchObject({ state: 'won', stage: 'Negotiation', amount: EUR('5200.50') });
    const { items } = await sales.desk.stores.timeline.of(
      { kind: 'deal', id: deal.id },
      { limit: 9 },
    );
    expect(items).toMatchObject([
      {
        what: 'State: open → won.',
        before: { state: 'open' },
        after: { state: 'won' },
        why: 'Signed',
      },
      { what: 'Amount: 5000.00 EUR → 5200.50 EUR; Stage: Qualification → Negotiation.' },
      { what: `Deal #${deal.number} made: Website, 5000.00 EUR.` },
    ]);
    expect(sales.events).toContainEqual({ type: 'deal.changed', dealId: deal.id });
  });

  it('goes to the first stage of another pipeline', async () => {
    const pipeline = await sales.desk.stores.deals.createPipeline(
      { name: 'Service', stages: [{ id: 'asked', name: 'Asked', probability: 50 }] },
      sales.clock.now(),
    );
    const deal = await create({ title: 'Repair' });
    expect(await change(deal.id, { pipelineId: pipeline.id })).toMatchObject({
      pipelineId: pipeline.id,
      stage: 'Asked',
    });
    await expect(change(deal.id, { stageId: 'negotiation' })).rejects.toMatchObject({
      field: 'stageId',
    });
  });

  it('is not for colleagues who may change their own only', async () => {
    const deal = await create({ title: 'Mine' });
    await expect(change(deal.id, { state: 'lost' }, sales.bob)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(readDeal(sales.desk, sales.bob, deal.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await change(deal.id, { state: 'lost' }, sales.boss)).toMatchObject({ state: 'lost' });
  });
});

describe('listDeals', () => {
  it('shows an operator their own and an administrator all, by state, stage and title', async () => {
    const mine = await create({ title: 'Umbrella stand' }, sales.bob);
    await create({ title: 'Umbrella rack' });
    const list = (who: typeof sales.bob, filter: Parameters<typeof listDeals>[2]) =>
      listDeals(sales.desk, who, filter, { limit: 50 });
    expect((await list(sales.bob, { q: 'umbr' })).items).toMatchObject([{ id: mine.id }]);
    expect(
      (await list(sales.boss, { q: 'umbr', state: 'open', stageId: 'qualification' })).items,
    ).toHaveLength(2);
    expect((await list(sales.boss, { q: 'umbr', state: 'won' })).items).toEqual([]);
    await expect(list(sales.bob, { ownerId: sales.ann.user.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('shows a department its own, and whoever asks for one no more than they may see', async () => {
    const { stores } = sales.desk;
    const { id: departmentId } = await stores.departments.create('Field', new Date());
    const elsewhere = await stores.departments.create('Elsewhere', new Date());
    for (const { user } of [sales.ann, sales.bob])
      await stores.users.change(user.id, { departmentId });
    const anns = await create({ title: 'Hammock of Ann' }, sales.ann);
    const bobs = await create({ title: 'Hammock of Bob' }, sales.bob);
    const ceos = await create({ title: 'Hammock of Cleo' }, sales.boss);
    const reach = (far: Reach): Principal => ({
      ...sales.bob,
      user: { ...sales.bob.user, departmentId },
      grants: { ...sales.bob.grants, 'deal.read': far },
    });
    const list = async (who: Principal, filter: WantedOwners) => {
      const found = await listDeals(sales.desk, who, { q: 'hammock', ...filter }, { limit: 50 });
      return found.items.map(({ id }) => id);
    };
    expect(await list(reach('department'), {})).toEqual([bobs.id, anns.id]);
    expect(await list(reach('department'), { ownerId: sales.ann.user.id })).toEqual([anns.id]);
    expect(await list(reach('department'), { departmentId: elsewhere.id })).toEqual([]);
    expect(await list(reach('own'), { departmentId })).toEqual([bobs.id]);
    expect(await list(sales.boss, { departmentId })).toEqual([bobs.id, anns.id]);
    expect(await list(sales.boss, { departmentId, ownerId: sales.ann.user.id })).toEqual([anns.id]);
    expect(await list(sales.boss, {})).toEqual([ceos.id, bobs.id, anns.id]);
    await expect(list(reach('department'), { ownerId: sales.boss.user.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
