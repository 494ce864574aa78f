import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { NewEntry } from '../../domain/crm/records.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId } from './documents.ts';

let stores: Stores;
let connection: Connection;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, connection, close } = await openTestStores()));
afterAll(() => close());

const at = new Date('2026-11-02T10:00:00Z');
const entry = (kind: NewEntry['subject']['kind'], id: string, what = 'It changed.'): NewEntry => ({
  ...{ at, subject: { kind, id }, who: { kind: 'user', id: 'ann', name: 'Ann' }, what },
  ...{ before: null, after: null, why: null },
});
/** One that the database refuses, as a process that dies would never write it. */
const refused = (kind: NewEntry['subject']['kind'], id: string): NewEntry => ({
  ...entry(kind, id),
  what: null as unknown as string,
});
const told = async (kind: NewEntry['subject']['kind'], id: string) =>
  (await stores.timeline.of({ kind, id }, { limit: 10 })).items.map(({ what }) => what).reverse();
const count = (name: string): Promise<number> => connection.collection(name).countDocuments();

const contact = {
  ...{ name: 'Lee', phones: [], emails: [], language: null, companyId: null, ownerId: null },
  ...{ avatarId: null, note: '' },
};
const lead = () => ({
  ...({ name: 'Lee', status: 'new', ownerId: null, conversationId: null, note: '' } as const),
  ...{ source: { channel: 'x', lineId: null, accountId: null, origin: null } },
  contactId: String(newId()),
});
const deal = {
  ...{ title: 'Boats', pipelineId: String(newId()), stageId: 'x', contactId: null },
  ...({ companyId: null, ownerId: null, conversationId: null, state: 'open' } as const),
  amount: { minor: 1, currency: 'EUR' },
};

/** What each kind of record does with an entry. */
const KINDS = {
  contact: {
    make: (of: (made: { id: string }) => NewEntry) => stores.contacts.create(contact, of),
    change: (id: string, one: NewEntry) => stores.contacts.change(id, { name: 'Kim' }, one),
    name: async (id: string) => (await stores.contacts.get(id))?.name,
  },
  lead: {
    make: async (of: (made: { id: string }) => NewEntry) =>
      (await stores.leads.findOrCreateOpen(lead(), at, of)).lead,
    change: (id: string, one: NewEntry) => stores.leads.change(id, { name: 'Kim' }, at, one),
    name: async (id: string) => (await stores.leads.get(id))?.name,
  },
  deal: {
    make: (of: (made: { id: string }) => NewEntry) => stores.deals.create(deal, at, of),
    change: (id: string, one: NewEntry) => stores.deals.change(id, { title: 'Kim' }, at, one),
    name: async (id: string) => (await stores.deals.get(id))?.title,
  },
};

describe.each(Object.entries(KINDS))('a %s and its timeline', (name, { make, change, ...of }) => {
  const kind = name as keyof typeof KINDS;

  it('are written together', async () => {
    const { id } = await make((made) => entry(kind, made.id, 'Made.'));
    await change(id, entry(kind, id));
    expect(await told(kind, id)).toEqual(['Made.', 'It changed.']);
    expect(await of.name(id)).toBe('Kim');
  });

  it('are not there, neither of them, when one could not be written', async () => {
    const before = await count(`${kind}s`);
    await expect(make((made) => refused(kind, made.id))).rejects.toThrow('does not fit timeline');
    expect(await count(`${kind}s`)).toBe(before);
    const { id } = await make((made) => entry(kind, made.id, 'Made.'));
    const was = await of.name(id);
    await expect(change(id, refused(kind, id))).rejects.toThrow('does not fit timeline');
    expect(await of.name(id)).toBe(was);
    expect(await told(kind, id)).toEqual(['Made.']);
  });

  it('have an entry for each of twenty changes at once', async () => {
    const { id } = await make((made) => entry(kind, made.id, 'Made.'));
    const texts = Array.from({ length: 20 }, (_, index) => `Change ${index}.`);
    await Promise.all(texts.map((text) => change(id, entry(kind, id, text))));
    const { items } = await stores.timeline.of({ kind, id }, { limit: 50 });
    expect(items.map(({ what }) => what).sort()).toEqual([...texts, 'Made.'].sort());
  });

  it('says nothing of a record that is not there', async () => {
    const id = String(newId());
    expect(await change(id, entry(kind, id))).toBeNull();
    expect(await told(kind, id)).toEqual([]);
  });
});
