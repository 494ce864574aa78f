import type { AccountRecord, AccountStore } from '../../domain/accounts/account.ts';
import { newId, ref, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const accounts = shape<AccountRecord>({ refs: ['lineId'] });

/** Connected accounts. A company has tens of them. */
export function mongoAccounts(tables: Tables): AccountStore {
  const table = tables.of('accounts');
  const change = async (id: string, update: Doc): Promise<AccountRecord | null> =>
    accounts.readOrNull(
      await table.findOneAndUpdate({ _id: ref(id) }, update, { returnDocument: 'after' }),
    );

  return {
    async create(account) {
      const doc = {
        _id: newId(),
        ...accounts.write({
          ...account,
          cursor: null,
          lastEventAt: null,
          createdAt: new Date(),
          revision: 1,
        }),
      };
      await tables.insert('accounts', doc);
      return accounts.read(doc);
    },
    get: async (id) => accounts.readOrNull(await table.findOne({ _id: ref(id) })),
    all: async () => accounts.readAll(await table.find().sort({ _id: 1 }).toArray()),
    list: (page) => readPage(table, [{}], NEWEST, page, accounts.read),
    ofLine: async (lineId) =>
      accounts.readAll(
        await table
          .find({ lineId: ref(lineId) })
          .sort({ _id: 1 })
          .toArray(),
      ),
    change: (id, fields) => change(id, { $set: accounts.write(fields), $inc: { revision: 1 } }),
    setStatus: (id, status, detail) => change(id, { $set: { status, detail } }),
    async saveCursor(id, cursor) {
      await table.updateOne({ _id: ref(id) }, { $set: { cursor } });
    },
    async touch(id, at) {
      await table.updateOne({ _id: ref(id) }, { $max: { lastEventAt: at } });
    },
    remove: async (id) => (await table.deleteOne({ _id: ref(id) })).deletedCount === 1,
  };
}
