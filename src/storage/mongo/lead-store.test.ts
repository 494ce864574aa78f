import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Deal } from '../../domain/crm/records.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = (second: number) => new Date(Date.UTC(2026, 10, 2, 10, 0, second));
type Wanted = Parameters<Stores['leads']['findOrCreateOpen']>[0];
const wanted = (contactId: string, more: Partial<Wanted> = {}): Wanted => ({
  ...{ name: 'Ann Lee', status: 'new', contactId, ownerId: null, conversationId: null, note: '' },
  source: { channel: 'sandbox', lineId: id(), accountId: id(), origin: { payload: 'spring' } },
  ...more,
});

describe('leads', () => {
  it('are one open one per contact, of fifty calls at once', async () => {
    const contactId = id();
    const given = wanted(contactId);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => stores.leads.findOrCreateOpen(given, at(0))),
    );
    expect(new Set(results.map(({ lead }) => lead.id)).size).toBe(1);
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(results[0]?.lead).toMatchObject({ ...given, createdAt: at(0), updatedAt: at(0) });
    expect(await stores.leads.openOfContact(contactId)).toEqual(results[0]?.lead);
  });

  it('make room for a new one when they end, and do not come back beside it', async () => {
    const contactId = id();
    const { lead: first } = await stores.leads.findOrCreateOpen(wanted(contactId), at(0));
    expect((await stores.leads.change(first.id, { status: 'in work' }, at(1)))?.status).toBe(
      'in work',
    );
    await expect(stores.leads.create(wanted(contactId), at(1))).rejects.toMatchObject({
      code: 'duplicate',
    });
    await stores.leads.change(first.id, { status: 'converted' }, at(2));
    expect(await stores.leads.openOfContact(contactId)).toBeNull();
    const { lead: second, created } = await stores.leads.findOrCreateOpen(wanted(contactId), at(3));
    expect([created, second.id === first.id]).toEqual([true, false]);
    await expect(stores.leads.change(first.id, { status: 'new' }, at(4))).rejects.toMatchObject({
      code: 'duplicate',
    });
    expect((await stores.leads.get(first.id))?.status).toBe('converted');
  });

  it('without a contact are as many as one likes', async () => {
    const nobody = { ...wanted(id()), contactId: null };
    const [one, two] = [
      await stores.leads.create(nobody, at(0)),
      await stores.leads.create(nobody, at(0)),
    ];
    expect(two.number).toBeGreaterThan(one.number);
    expect((await stores.leads.byNumber(two.number))?.id).toBe(two.id);
    const contactId = id();
    await stores.leads.change(one.id, { contactId }, at(1));
    expect((await stores.leads.openOfContact(contactId))?.id).toBe(one.id);
    expect(await stores.leads.change(id(), { note: 'x' }, at(1))).toBeNull();
  });

  it('are refused when they do not fit their schema', async () => {
    const wrong = { ...wanted(id()), status: 'sleeping' as 'new' };
    await expect(stores.leads.create(wrong, at(0))).rejects.toMatchObject({ code: 'malformed' });
    const unknown = { ...wanted(id()), colour: 'red' };
    await expect(stores.leads.create(unknown, at(0))).rejects.toThrow('colour');
  });

  it('are listed by what they are', async () => {
    const ownerId = id();
    const mine = await stores.leads.create(wanted(id(), { ownerId, name: 'Roof repair' }), at(0));
    const other = await stores.leads.create(wanted(id(), { ownerId, status: 'junk' }), at(0));
    const ids = async (filter: Parameters<Stores['leads']['list']>[0]) =>
      (await stores.leads.list(filter, { limit: 10 })).items.map((lead) => lead.id);
    expect(await ids({ ownerIds: [ownerId] })).toEqual([other.id, mine.id]);
    expect(await ids({ ownerIds: [ownerId], status: 'junk' })).toEqual([other.id]);
    expect(await ids({ ownerIds: [ownerId], q: 'rep roof' })).toEqual([mine.id]);
    expect(await ids({ q: String(mine.number), ownerIds: [ownerId] })).toEqual([mine.id]);
    expect(await ids({ contactId: mine.contactId ?? '' })).toEqual([mine.id]);
    expect(await ids({ contactId: 'made up' })).toEqual([]);
  });
});

describe('deals', () => {
  it('move through a pipeline that is there from the beginning', async () => {
    const [pipeline] = await stores.deals.pipelines();
    if (!pipeline) throw new Error('There is no pipeline.');
    const given: Omit<Deal, 'id' | 'number' | 'createdAt' | 'updatedAt'> = {
      ...{
        title: 'Website redesign',
        pipelineId: pipeline.id,
        stageId: pipeline.stages[0]?.id ?? '',
      },
      ...{ amount: { minor: 500_000, currency: 'EUR' }, contactId: id(), companyId: null },
      ...{ ownerId: id(), conversationId: null, state: 'open' },
    };
    const deal = await stores.deals.create(given, at(0));
    expect(await stores.deals.byNumber(deal.number)).toEqual(deal);
    expect(deal).toMatchObject(given);
    const changed = await stores.deals.change(
      deal.id,
      { stageId: 'negotiation', amount: { minor: 1, currency: 'JPY' }, title: 'Shop' },
      at(1),
    );
    expect(changed).toMatchObject({
      stageId: 'negotiation',
      amount: { minor: 1, currency: 'JPY' },
      updatedAt: at(1),
    });
    const count = async (filter: Parameters<Stores['deals']['list']>[0]) =>
      (await stores.deals.list(filter, { limit: 10 })).items.length;
    expect(await count({ q: 'shop', state: 'open', stageId: 'negotiation' })).toBe(1);
    expect(await count({ q: 'website' })).toBe(0);
    expect(await count({ ownerIds: [given.ownerId ?? ''], contactId: given.contactId ?? '' })).toBe(
      1,
    );
    expect(await count({ state: 'won' })).toBe(0);
    const added = await stores.deals.createPipeline({ name: 'Service', stages: [] }, at(2));
    expect((await stores.deals.pipelines()).map((one) => one.id)).toEqual([pipeline.id, added.id]);
  });
});

describe('the timeline', () => {
  it('tells latest first, with what was before and after', async () => {
    const subject = { kind: 'lead' as const, id: id() };
    const who = { kind: 'user' as const, id: id(), name: 'Ann' };
    for (const second of [1, 3, 2]) {
      await stores.timeline.record({
        ...{ id: id(), at: at(second), subject, who, what: `at ${second}`, why: null },
        ...{ before: { status: 'new', 'a.b': 1 }, after: null },
      });
    }
    const first = await stores.timeline.of(subject, { limit: 2 });
    expect(first.items.map(({ what }) => what)).toEqual(['at 3', 'at 2']);
    expect(first.items[0]).toMatchObject({
      who,
      subject,
      before: { status: 'new', 'a.b': 1 },
      after: null,
    });
    const rest = await stores.timeline.of(subject, {
      limit: 2,
      cursor: first.nextCursor ?? undefined,
    });
    expect([rest.items.map(({ what }) => what), rest.nextCursor]).toEqual([['at 1'], null]);
    expect((await stores.timeline.of({ ...subject, kind: 'deal' }, { limit: 2 })).items).toEqual(
      [],
    );
  });
});
