import type { Contact, ContactStore, Identity } from '../../domain/crm/records.ts';
import { nextNumber } from './counter.ts';
import { newId, onceMore, ref, refs, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { NEWEST, ownedBy, readPage } from './pages.ts';
import { searchFilter, searchKeys } from './search-keys.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables, Unit } from './tables.ts';
import { insertWithEntry, writeWithEntry } from './timeline-store.ts';

type NewIdentity = Parameters<ContactStore['findOrCreateByIdentity']>[0];
type NewContact = Omit<Contact, 'id' | 'number'>;

const contacts = shape<Contact>({
  refs: ['companyId', 'ownerId', 'avatarId'],
  inner: ['searchKeys'],
});
const identities = shape<Identity>({ refs: ['accountId', 'contactId'] });

const keysOf = ({ name, phones, emails, number }: Omit<Contact, 'id' | 'createdAt'>): Doc => ({
  searchKeys: searchKeys({ names: [name], phones, emails, number }),
});
const lower = (emails: readonly string[]): string[] => [
  ...new Set(emails.map((email) => email.trim().toLowerCase())),
];

/** People, and who they are on each account. */
export function mongoContacts(tables: Tables): ContactStore {
  const table = tables.of('contacts');
  const identityTable = tables.of('identities');
  const get = sharedRead<Contact>(table, {
    field: '_id',
    stored: ref,
    read: contacts.read,
    keyOf: ({ id }) => id,
  });

  const documentOf = (contact: NewContact, number: number): Doc => {
    const fields = { ...contact, emails: lower(contact.emails), number };
    return { ...contacts.write(fields), ...keysOf(fields) };
  };

  const identityOf = (wanted: NewIdentity): Promise<Identity | null> =>
    identityTable
      .findOne({ accountId: ref(wanted.accountId), externalId: wanted.externalId })
      .then(identities.readOrNull);

  /** The one identity; the contact it names may not be there yet. */
  const ensureIdentity = async (wanted: NewIdentity): Promise<Identity> => {
    const { channelType, name, username, proof, at } = wanted;
    const doc = await onceMore<Doc | null>(() =>
      identityTable.findOneAndUpdate(
        { accountId: ref(wanted.accountId), externalId: wanted.externalId },
        { $setOnInsert: { contactId: newId(), channelType, name, username, proof, createdAt: at } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    if (!doc) throw new Error('The upsert of an identity gave none back.');
    return identities.read(doc);
  };

  /** The contact an identity names, made when there is none: by the first call, or by the next one after a crash. */
  const ensureContact = async (identity: Identity, wanted: NewIdentity) => {
    const { name, phones, emails, language, at } = wanted;
    const fresh = documentOf(
      {
        name,
        phones: [...new Set(phones)],
        emails,
        language,
        companyId: null,
        ownerId: null,
        avatarId: null,
        note: '',
        createdAt: at,
      },
      await nextNumber(tables, 'contact'),
    );
    const result = await onceMore(() =>
      table.findOneAndUpdate(
        { _id: ref(identity.contactId) },
        { $setOnInsert: fresh },
        { upsert: true, returnDocument: 'after', includeResultMetadata: true },
      ),
    );
    if (!result.value) throw new Error('The upsert of a contact gave none back.');
    return {
      contact: contacts.read(result.value),
      created: result.lastErrorObject?.updatedExisting === false,
    };
  };

  return {
    async findOrCreateByIdentity(wanted) {
      const known = await identityOf(wanted);
      const its = known && (await get(known.contactId));
      if (known && its) return { contact: its, identity: known, created: false };
      const identity = known ?? (await ensureIdentity(wanted));
      return { identity, ...(await ensureContact(identity, wanted)) };
    },

    async create(contact, entry) {
      const number = await nextNumber(tables, 'contact');
      const doc = { _id: newId(), ...documentOf({ ...contact, createdAt: new Date() }, number) };
      const made = contacts.read({ ...doc });
      await insertWithEntry(tables, 'contacts', doc, entry?.(made));
      return made;
    },

    get,
    byNumber: async (number) => contacts.readOrNull(await table.findOne({ number })),
    many: async (ids) =>
      ids.length === 0
        ? []
        : contacts.readAll(await table.find({ _id: { $in: refs(ids) } }).toArray()),
    identities: async (contactId) =>
      identities.readAll(
        await identityTable
          .find({ contactId: ref(contactId) })
          .sort({ _id: 1 })
          .toArray(),
      ),

    identitiesOf: async (contactIds) =>
      contactIds.length === 0
        ? []
        : identities.readAll(
            await identityTable
              .find({ contactId: { $in: refs(contactIds) } })
              .sort({ _id: 1 })
              .toArray(),
          ),

    async change(id, change, entry) {
      const known = await get(id);
      if (!known) return null;
      const fields = contacts.write(change);
      if (change.emails) fields.emails = lower(change.emails);
      if (Object.keys(fields).length === 0) return known;
      const write = (session?: Unit) =>
        table.findOneAndUpdate(
          { _id: ref(id) },
          { $set: { ...fields, ...keysOf({ ...known, ...change }) } },
          { returnDocument: 'after', ...(session && { session }) },
        );
      return contacts.readOrNull(await writeWithEntry(tables, write, entry));
    },

    async addWays(id, phones, emails) {
      const known = await get(id);
      if (!known) return null;
      const newPhones = phones.filter((phone) => !known.phones.includes(phone));
      const newEmails = lower(emails).filter((email) => !known.emails.includes(email));
      if (newPhones.length + newEmails.length === 0) return null;
      const doc = await table.findOneAndUpdate(
        { _id: ref(id) },
        {
          $addToSet: {
            phones: { $each: newPhones },
            emails: { $each: newEmails },
            searchKeys: { $each: searchKeys({ phones: newPhones, emails: newEmails }) },
          },
        },
        { returnDocument: 'after' },
      );
      return contacts.readOrNull(doc);
    },

    list({ q, ownerIds }, page) {
      const filter: Doc = { ...(q === undefined ? null : searchFilter(q, 'searchKeys')) };
      return readPage(table, ownedBy(filter, ownerIds), NEWEST, page, contacts.read);
    },
  };
}
