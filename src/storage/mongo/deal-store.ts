import type { Deal, DealStore, Pipeline } from '../../domain/crm/records.ts';
import { nextNumber } from './counter.ts';
import { newId, ref, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { NEWEST, ownedBy, readPage } from './pages.ts';
import { searchFilter, searchKeys } from './search-keys.ts';
import type { Tables, Unit } from './tables.ts';
import { insertWithEntry, writeWithEntry } from './timeline-store.ts';

const pipelines = shape<Pipeline>({});
const deals = shape<Deal>({
  refs: ['pipelineId', 'contactId', 'companyId', 'ownerId', 'conversationId'],
  inner: ['searchKeys'],
});
const keysOf = ({ title, number }: Pick<Deal, 'title' | 'number'>): string[] =>
  searchKeys({ names: [title], number });

/** Deals and the pipelines they move through. */
export function mongoDeals(tables: Tables): DealStore {
  const table = tables.of('deals');
  const get = async (id: string): Promise<Deal | null> =>
    deals.readOrNull(await table.findOne({ _id: ref(id) }));

  return {
    pipelines: async () =>
      pipelines.readAll(await tables.of('pipelines').find().sort({ _id: 1 }).toArray()),
    async createPipeline(pipeline, at) {
      const doc = { _id: newId(), ...pipelines.write({ ...pipeline, createdAt: at }) };
      await tables.insert('pipelines', doc);
      return pipelines.read(doc);
    },
    async create(deal, at, entry) {
      const number = await nextNumber(tables, 'deal');
      const doc = {
        _id: newId(),
        ...deals.write({ ...deal, number, createdAt: at, updatedAt: at }),
        searchKeys: keysOf({ title: deal.title, number }),
      };
      const made = deals.read({ ...doc });
      await insertWithEntry(tables, 'deals', doc, entry?.(made));
      return made;
    },
    get,
    byNumber: async (number) => deals.readOrNull(await table.findOne({ number })),
    async change(id, change, at, entry) {
      const known = await get(id);
      if (!known) return null;
      const renamed =
        change.title === undefined ? {} : { searchKeys: keysOf({ ...known, title: change.title }) };
      const write = (session?: Unit) =>
        table.findOneAndUpdate(
          { _id: ref(id) },
          { $set: { ...deals.write(change), ...renamed, updatedAt: at } },
          { returnDocument: 'after', ...(session && { session }) },
        );
      return deals.readOrNull(await writeWithEntry(tables, write, entry));
    },
    list({ q, state, ownerIds, contactId, stageId }, page) {
      const filter: Doc = { ...(q === undefined ? null : searchFilter(q, 'searchKeys')) };
      if (state !== undefined) filter.state = state;
      if (contactId !== undefined) filter.contactId = ref(contactId);
      if (stageId !== undefined) filter.stageId = stageId;
      return readPage(table, ownedBy(filter, ownerIds), NEWEST, page, deals.read);
    },
  };
}
