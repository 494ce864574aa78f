import type { PersonalToken, TokenStore } from '../../domain/operators/user.ts';
import { newId, ref, shape } from './documents.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables } from './tables.ts';

const tokens = shape<PersonalToken>({ refs: ['userId'] });

/** Personal tokens, by the hash of their key. */
export function mongoTokens(tables: Tables): TokenStore {
  const table = tables.of('tokens');
  return {
    async create(token) {
      const doc = { _id: newId(), ...tokens.write({ ...token, lastUsedAt: null }) };
      await tables.insert('tokens', doc);
      return tokens.read(doc);
    },
    byKeyHash: sharedRead(table, {
      field: 'keyHash',
      read: tokens.read,
      keyOf: ({ keyHash }) => keyHash,
    }),
    ofUser: async (userId) =>
      tokens.readAll(
        await table
          .find({ userId: ref(userId) })
          .sort({ _id: -1 })
          .toArray(),
      ),
    async used(id, at) {
      await table.updateOne({ _id: ref(id) }, { $max: { lastUsedAt: at } });
    },
    remove: async (id, userId) =>
      (await table.deleteOne({ _id: ref(id), userId: ref(userId) })).deletedCount === 1,
  };
}
