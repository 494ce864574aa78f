import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import type { ContactBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeContact } from './change-contact.ts';
import { createContact } from './create-contact.ts';
import { listContacts } from './list-contacts.ts';
import { readContact } from './read-contact.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

const create = (body: ContactBody, who = sales.ann) => createContact(sales.desk, who, body);
const change = (id: string, body: ContactBody, who = sales.ann) =>
  changeContact(sales.desk, who, id, body);
/** Somebody whose right reaches only what is their own. */
const narrow = (who: Principal): Principal => ({
  ...who,
  grants: { ...who.grants, 'contact.read': 'own', 'contact.change': 'own' },
});

describe('createContact', () => {
  it('keeps phones in E.164 and e-mails in lower case, each once, and gives it to the maker', async () => {
    const contact = await create({
      name: '  Ann \n Lee ',
      phones: ['+49 30 123456', '+4930123456'],
      emails: ['Ann@Example.org'],
    });
    expect(contact).toMatchObject({
      name: 'Ann Lee',
      phones: ['+4930123456'],
      emails: ['ann@example.org'],
      ownerId: sales.ann.user.id,
      identities: [],
    });
    expect(await sales.timeline('contact', contact.id)).toEqual(['Contact made.']);
  });

  it.each([
    [{}, 'malformed', 'name'],
    [{ name: ' ' }, 'rule_broken', 'name'],
    [{ name: 'x'.repeat(201) }, 'rule_broken', 'name'],
    [{ name: 'Lee', phones: ['030 123456'] }, 'rule_broken', 'phones'],
    [{ name: 'Lee', phones: ['soon'] }, 'rule_broken', 'phones'],
    [{ name: 'Lee', emails: ['lee'] }, 'rule_broken', 'emails'],
    [{ name: 'Lee', note: 'x'.repeat(10_001) }, 'rule_broken', 'note'],
    [{ name: 'Lee', ownerId: '0'.repeat(24) }, 'rule_broken', 'ownerId'],
  ])('refuses %j as %s, naming %s', async (body, code, field) => {
    await expect(create(body)).rejects.toMatchObject({ code, field });
  });

  it('reads a national number once the company says its country', async () => {
    await sales.desk.stores.settings.change({ language: 'de-DE' });
    expect((await create({ name: 'Lee', phones: ['030 123456'] })).phones).toEqual(['+4930123456']);
    await sales.desk.stores.settings.change({ language: 'en' });
  });
});

describe('changeContact', () => {
  it('writes who changed what from what, and nothing when nothing changes', async () => {
    const { id } = await create({ name: 'Lee', phones: ['+4930123456'] });
    await change(id, { name: 'Lee Long', phones: ['+442079460958', '+4930123456'] });
    await change(id, { name: 'Lee Long' });
    const { items } = await sales.desk.stores.timeline.of({ kind: 'contact', id }, { limit: 9 });
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      who: { kind: 'user', id: sales.ann.user.id, name: 'Ann' },
      what: 'Name: Lee → Lee Long; Phones: +4930123456 → +442079460958, +4930123456.',
      before: { name: 'Lee', phones: ['+4930123456'] },
      after: { name: 'Lee Long', phones: ['+442079460958', '+4930123456'] },
    });
  });

  it('shows a new name in the talks at once', async () => {
    const { contact, conversation } = await sales.customer({ name: 'Visitor' });
    await change(contact.id, { name: 'Lee' });
    expect((await sales.desk.stores.conversations.get(conversation.id))?.contactName).toBe('Lee');
    expect(sales.events).toContainEqual(
      expect.objectContaining({
        type: 'conversation.changed',
        conversation: expect.objectContaining({ id: conversation.id, contactName: 'Lee' }),
      }),
    );
    expect(sales.events).toContainEqual({ type: 'contact.changed', contactId: contact.id });
  });

  it('changes nothing when one of several things is wrong', async () => {
    const { id } = await create({ name: 'Lee' });
    await expect(change(id, { name: 'New', emails: ['wrong'] })).rejects.toMatchObject({
      field: 'emails',
    });
    expect(await readContact(sales.desk, sales.ann, id)).toMatchObject({ name: 'Lee', emails: [] });
  });

  it('writes true befores when two change it at once', async () => {
    const { id } = await create({ name: 'A' });
    await Promise.all([change(id, { name: 'B' }), change(id, { name: 'C' })]);
    expect(await sales.timeline('contact', id)).toEqual(
      expect.arrayContaining(['Name: A → B.', 'Name: B → C.']),
    );
  });

  it('is refused to who may change only their own, and allowed for the customer of their talk', async () => {
    const { id } = await create({ name: 'Lee', ownerId: sales.boss.user.id });
    await expect(change(id, { note: 'x' }, narrow(sales.bob))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { contact } = await sales.customer({ owner: sales.bob });
    expect(await change(contact.id, { note: 'x' }, narrow(sales.bob))).toMatchObject({ note: 'x' });
  });

  it('knows no contact that is not there', async () => {
    await expect(change('0'.repeat(24), { note: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('readContact and listContacts', () => {
  it('name the channels that a contact writes by', async () => {
    const { contact } = await sales.customer({ name: 'Lee' });
    expect(await readContact(sales.desk, sales.ann, contact.id)).toMatchObject({
      identities: [{ channelId: sales.chat.id, channelName: 'Shop chat', username: 'lee' }],
    });
  });

  it('find by name, phone and e-mail, page by page without repeating', async () => {
    for (const nth of [1, 2, 3])
      await create({ name: `Zoë Paging ${nth}`, emails: [`zoe${nth}@paging.example`] });
    const list = (q: string, cursor?: string) =>
      listContacts(sales.desk, sales.ann, { q }, { limit: 2, cursor });
    const first = await list('zoe pag');
    const second = await list('zoe pag', first.nextCursor ?? '');
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual([
      'Zoë Paging 3',
      'Zoë Paging 2',
      'Zoë Paging 1',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await list('zoe2@pag')).items).toMatchObject([{ name: 'Zoë Paging 2' }]);
  });

  it('show to who may see their own only those, and refuse others', async () => {
    const bob = narrow(sales.bob);
    const mine = await create({ name: 'Mine' }, sales.bob);
    const { items } = await listContacts(sales.desk, bob, {}, { limit: 50 });
    expect(items.map(({ id }) => id)).toEqual([mine.id]);
    await expect(
      listContacts(sales.desk, bob, { ownerId: sales.ann.user.id }, { limit: 5 }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
