import type { SignIn, SignInStore } from '../../domain/operators/user.ts';
import { newId, ref, shape } from './documents.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables } from './tables.ts';

const signIns = shape<SignIn>({ refs: ['userId'] });

/** Signed-in browsers; the database drops them when they expire. */
export function mongoSignIns(tables: Tables): SignInStore {
  const table = tables.of('signIns');
  return {
    async create(signIn) {
      const doc = { _id: newId(), ...signIns.write(signIn) };
      await tables.insert('signIns', doc);
      return signIns.read(doc);
    },
    byKeyHash: sharedRead(table, {
      field: 'keyHash',
      read: signIns.read,
      keyOf: ({ keyHash }) => keyHash,
    }),
    async seen(id, at, expiresAt) {
      await table.updateOne({ _id: ref(id) }, { $set: { seenAt: at, expiresAt } });
    },
    async remove(id) {
      await table.deleteOne({ _id: ref(id) });
    },
    async removeOfUser(userId) {
      await table.deleteMany({ userId: ref(userId) });
    },
  };
}
