import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestStores } from '../../../test/harness/stores.ts';
import type { Contact } from '../../domain/crm/records.ts';
import type { Stores } from '../../domain/stores.ts';
import { newId, ref } from './documents.ts';

let stores: Stores;
let connection: Connection;
let close: () => Promise<void>;
beforeAll(async () => ({ stores, connection, close } = await openTestStores()));
afterAll(() => close());

const id = () => String(newId());
const at = new Date(Date.UTC(2026, 10, 2));
type Wanted = Parameters<Stores['contacts']['findOrCreateByIdentity']>[0];
const person = (more: Partial<Wanted> = {}): Wanted => ({
  ...{
    accountId: id(),
    channelType: 'sandbox',
    externalId: 'p1',
    name: 'Ann Lee',
    username: 'ann',
  },
  ...{
    proof: 'provider',
    phones: ['+4930123456'],
    emails: ['Ann@Example.com'],
    language: 'de',
    at,
  },
  ...more,
});
const contact = (name: string, more: Partial<Contact> = {}) =>
  stores.contacts.create({
    ...{ name, phones: [], emails: [], language: null, companyId: null, ownerId: null },
    ...{ avatarId: null, note: '', ...more },
  });

describe('finding or creating by identity', () => {
  it('makes one contact and one identity of fifty calls at once', async () => {
    const wanted = person();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => stores.contacts.findOrCreateByIdentity(wanted)),
    );
    expect(new Set(results.map((result) => result.contact.id)).size).toBe(1);
    expect(results.filter((result) => result.created)).toHaveLength(1);
    const [first] = results;
    expect(first?.contact).toMatchObject({
      ...{ name: 'Ann Lee', phones: ['+4930123456'], emails: ['ann@example.com'], language: 'de' },
      ...{ ownerId: null, note: '', createdAt: at },
    });
    expect(await stores.contacts.identities(first?.contact.id ?? '')).toEqual([first?.identity]);
    expect(first?.identity).toMatchObject({ externalId: 'p1', username: 'ann', proof: 'provider' });
  });

  it('heals what a crash between identity and contact left', async () => {
    const wanted = person();
    const { contact: lost } = await stores.contacts.findOrCreateByIdentity(wanted);
    await connection.collection('contacts').deleteOne({ _id: newIdOf(lost.id) });
    const healed = await Promise.all(
      Array.from({ length: 10 }, () => stores.contacts.findOrCreateByIdentity(wanted)),
    );
    expect(new Set(healed.map((result) => result.contact.id))).toEqual(new Set([lost.id]));
    expect(healed.filter((result) => result.created)).toHaveLength(1);
  });

  it('keeps the same outside id on two accounts apart', async () => {
    const [one, two] = [
      await stores.contacts.findOrCreateByIdentity(person()),
      await stores.contacts.findOrCreateByIdentity(person()),
    ];
    expect(one.contact.id).not.toBe(two.contact.id);
    const both = await stores.contacts.identitiesOf([one.contact.id, two.contact.id]);
    expect(both.map((identity) => identity.id)).toEqual([one.identity.id, two.identity.id]);
  });
});

describe('numbers', () => {
  it('are never given twice', async () => {
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, turn) => contact(`Number ${turn}`)),
    );
    expect(new Set(made.map(({ number }) => number)).size).toBe(50);
    expect((await stores.contacts.byNumber(made[0]?.number ?? 0))?.id).toBe(made[0]?.id);
  });
});

describe('changing', () => {
  it('adds ways to reach a person once, findable at once', async () => {
    const { id: one } = await contact('Way', { emails: ['a@b.co'] });
    expect(await stores.contacts.addWays(one, [], ['A@b.co'])).toBeNull();
    const added = await stores.contacts.addWays(one, ['+15550001111'], ['A@b.co', 'c@d.co']);
    expect(added).toMatchObject({ phones: ['+15550001111'], emails: ['a@b.co', 'c@d.co'] });
    const found = await stores.contacts.list({ q: '0001111' }, { limit: 5 });
    expect(found.items.map((item) => item.id)).toEqual([one]);
    expect(await stores.contacts.addWays(id(), ['+1'], [])).toBeNull();
  });

  it('is found under the new name and not under the old', async () => {
    const { id: one } = await contact('Zacharias Old');
    await stores.contacts.change(one, { name: 'Zacharias Neu' });
    const ids = async (q: string) =>
      (await stores.contacts.list({ q }, { limit: 5 })).items.map((item) => item.id);
    expect(await ids('zach neu')).toEqual([one]);
    expect(await ids('zach old')).toEqual([]);
    expect(await stores.contacts.change(id(), { name: 'Nobody' })).toBeNull();
  });
});

describe('searching', () => {
  it.each([
    ['the beginning of a word', 'mül', true],
    ['words in any order', 'schön muller', true],
    ['no accents', 'schon', true],
    ['the middle of a word', 'üller', false],
    ['a word too many', 'müller peter', false],
    ['the beginning of an e-mail', 'karla.m@ex', true],
    ['the end of a phone number', '987-65', true],
    ['a phone number with its country', '+49 (171) 98', true],
    ['the middle of a phone number', '1719', false],
    ['signs that mean something in a pattern', '.*', true],
  ])('finds by %s', async (_by, q, found) => {
    const { id: one } = await contact('Karla Müller-Schön', {
      phones: ['+4917198765'],
      emails: ['karla.m@example.com'],
    });
    const { items } = await stores.contacts.list({ q }, { limit: 200 });
    expect(items.some((item) => item.id === one)).toBe(found);
  });

  it('pages newest first, nothing twice, nothing left out, while more arrive', async () => {
    const ownerId = id();
    const made: string[] = [];
    for (let turn = 0; turn < 7; turn++) made.push((await contact('Pagina', { ownerId })).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.contacts.list(
        { q: 'pag', ownerIds: [ownerId] },
        { limit: 2, cursor },
      );
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
      await contact('Pagina', { ownerId });
    } while (cursor);
    expect(seen).toEqual(made.reverse());
  });
});

const newIdOf = (text: string) => ref(text) as ReturnType<typeof newId>;
