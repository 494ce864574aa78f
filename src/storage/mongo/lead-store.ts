import { Refusal } from '../../base/errors.ts';
import type { Lead, LeadStore, NewEntry } from '../../domain/crm/records.ts';
import type { LeadStatus } from '../../contract/wire.ts';
import { nextNumber } from './counter.ts';
import { isDuplicate, newId, ref, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { NEWEST, ownedBy, readPage } from './pages.ts';
import { searchFilter, searchKeys } from './search-keys.ts';
import type { Tables, Unit } from './tables.ts';
import { insertWithEntry, writeWithEntry } from './timeline-store.ts';

type NewLead = Parameters<LeadStore['create']>[0];

const leads = shape<Lead>({
  refs: ['contactId', 'ownerId', 'conversationId'],
  inner: ['open', 'searchKeys'],
});
const OPEN: readonly LeadStatus[] = ['new', 'in work'];

/** The marker under which a contact has at most one lead. */
const isOpen = (lead: Pick<Lead, 'status' | 'contactId'>): boolean =>
  lead.contactId !== null && OPEN.includes(lead.status);
const keysOf = (lead: Pick<Lead, 'name' | 'number'>): string[] =>
  searchKeys({ names: [lead.name], number: lead.number });

/** Leads, one open one per contact. */
export function mongoLeads(tables: Tables): LeadStore {
  const table = tables.of('leads');
  const get = async (id: string): Promise<Lead | null> =>
    leads.readOrNull(await table.findOne({ _id: ref(id) }));
  const openOfContact = async (contactId: string): Promise<Lead | null> =>
    leads.readOrNull(await table.findOne({ contactId: ref(contactId), open: true }));

  const insert = async (
    lead: NewLead,
    at: Date,
    entry?: (made: Lead) => NewEntry,
  ): Promise<Lead> => {
    const number = await nextNumber(tables, 'lead');
    const doc = {
      _id: newId(),
      ...leads.write({ ...lead, number, createdAt: at, updatedAt: at }),
      searchKeys: keysOf({ name: lead.name, number }),
      ...(isOpen(lead) ? { open: true } : {}),
    };
    const made = leads.read({ ...doc });
    await insertWithEntry(tables, 'leads', doc, entry?.(made));
    return made;
  };

  return {
    async create(lead, at, entry) {
      try {
        return await insert(lead, at, entry);
      } catch (error) {
        throw isDuplicate(error, 'lead_open') ? openLeadExists() : error;
      }
    },

    async findOrCreateOpen(lead, at, entry) {
      for (;;) {
        const known = await openOfContact(lead.contactId);
        if (known) return { lead: known, created: false };
        try {
          return { lead: await insert(lead, at, entry), created: true };
        } catch (error) {
          // Somebody made it between the look and the write: look again.
          if (!isDuplicate(error, 'lead_open')) throw error;
        }
      }
    },

    get,
    byNumber: async (number) => leads.readOrNull(await table.findOne({ number })),
    openOfContact,

    async change(id, change, at, entry) {
      for (;;) {
        const known = await get(id);
        if (!known) return null;
        const next = { ...known, ...leads.write(change) } as Lead;
        const fields = { ...leads.write(change), updatedAt: at, searchKeys: keysOf(next) };
        const update: Doc = isOpen(next)
          ? { $set: { ...fields, open: true } }
          : { $set: fields, $unset: { open: '' } };
        // The marker follows from status and contact: written only over those it was computed from.
        const write = (session?: Unit) =>
          table.findOneAndUpdate(
            { _id: ref(id), status: known.status, contactId: leads.write(known).contactId },
            update,
            { returnDocument: 'after', ...(session && { session }) },
          );
        try {
          const doc = await writeWithEntry(tables, write, entry);
          if (doc) return leads.read(doc);
        } catch (error) {
          throw isDuplicate(error, 'lead_open') ? openLeadExists() : error;
        }
      }
    },

    list({ q, status, ownerIds, contactId }, page) {
      const filter: Doc = { ...(q === undefined ? null : searchFilter(q, 'searchKeys')) };
      if (status !== undefined) filter.status = status;
      if (contactId !== undefined) filter.contactId = ref(contactId);
      return readPage(table, ownedBy(filter, ownerIds), NEWEST, page, leads.read);
    },
  };
}

const openLeadExists = (): Refusal =>
  new Refusal('duplicate', 'This contact has an open lead already.', { field: 'contactId' });
