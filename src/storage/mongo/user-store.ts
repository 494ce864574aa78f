import { Refusal } from '../../base/errors.ts';
import type { User, UserStore } from '../../domain/operators/user.ts';
import { isDuplicate, newId, ref, refs, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { readPage } from './pages.ts';
import type { Order } from './pages.ts';
import { sharedRead } from './shared-read.ts';
import { fold, searchFilter, searchKeys } from './search-keys.ts';
import type { Tables } from './tables.ts';

/** What people have who were made without. */
const PLAIN = (): Pick<
  User,
  'hours' | 'absences' | 'workUntil' | 'reachableByPhone' | 'away' | 'reckoned'
> => ({
  hours: {},
  absences: [],
  workUntil: null,
  reachableByPhone: false,
  away: null,
  reckoned: 0,
});
const users = shape<User>({
  refs: ['departmentId'],
  inner: ['nameFolded', 'searchKeys', 'lookAt'],
  absent: PLAIN(),
});
const BY_NAME: Order = { field: 'nameFolded', direction: 1 };

const searchable = (user: Pick<User, 'name' | 'email' | 'handle'>): Doc => ({
  nameFolded: fold(user.name),
  searchKeys: searchKeys({ names: [user.name, user.handle], emails: [user.email] }),
});

/** The people who work here. */
export function mongoUsers(tables: Tables): UserStore {
  const table = tables.of('users');
  const update = async (id: string, fields: Doc): Promise<User | null> =>
    users.readOrNull(
      await table.findOneAndUpdate({ _id: ref(id) }, { $set: fields }, { returnDocument: 'after' }),
    );

  return {
    async create(user) {
      const email = user.email.toLowerCase();
      for (let attempt = 1; ; attempt++) {
        // The wish, then the wish with a number behind it: the unique index says which is free.
        const handle = attempt === 1 ? user.handle : `${user.handle}${attempt}`;
        const at = new Date();
        const fields = {
          ...PLAIN(),
          ...user,
          email,
          handle,
          createdAt: at,
          presence: 'offline',
          presenceAt: at,
        } as const;
        const doc = { _id: newId(), ...users.write(fields), ...searchable(fields) };
        try {
          await tables.insert('users', doc);
          return users.read(doc);
        } catch (error) {
          if (isDuplicate(error, 'user_email')) throw emailTaken();
          if (!isDuplicate(error, 'user_handle')) throw error;
        }
      }
    },
    get: sharedRead(table, { field: '_id', stored: ref, read: users.read, keyOf: ({ id }) => id }),
    many: async (ids) =>
      ids.length === 0
        ? []
        : users.readAll(await table.find({ _id: { $in: refs(ids) } }).toArray()),
    byEmail: async (email) => users.readOrNull(await table.findOne({ email: email.toLowerCase() })),
    byHandle: async (handle) => users.readOrNull(await table.findOne({ handle })),
    anyAdministrator: async () =>
      (await table.findOne({ role: 'administrator' }, { projection: { _id: 1 } })) !== null,
    ofRole: async (role) => users.readAll(await table.find({ role, active: true }).toArray()),

    list({ active, q }, page) {
      const filter: Doc = { ...(q === undefined ? null : searchFilter(q, 'searchKeys')) };
      if (active !== undefined) filter.active = active;
      return readPage(table, [filter], BY_NAME, page, users.read);
    },

    async change(id, change) {
      const known = users.readOrNull(await table.findOne({ _id: ref(id) }));
      if (!known) return null;
      const fields = users.write(change);
      if (typeof fields.email === 'string') fields.email = fields.email.toLowerCase();
      if (Object.keys(fields).length === 0) return known;
      const renamed = 'name' in fields || 'email' in fields || 'handle' in fields;
      try {
        return await update(id, {
          ...fields,
          ...(renamed ? searchable({ ...known, ...fields }) : {}),
        });
      } catch (error) {
        if (isDuplicate(error, 'user_email')) throw emailTaken();
        if (!isDuplicate(error, 'user_handle')) throw error;
        throw new Refusal('duplicate', 'Somebody has this handle already.', { field: 'handle' });
      }
    },

    setPresence: (id, presence, at) => update(id, { presence, presenceAt: at }),

    reckon: async (id, reckoned, away, lookAt) =>
      users.readOrNull(
        await table.findOneAndUpdate(
          // Of people from before, nothing was ever worked out.
          { _id: ref(id), ...(reckoned === 0 ? { reckoned: { $in: [0, null] } } : { reckoned }) },
          {
            $set: { away, reckoned: reckoned + 1, ...(lookAt && { lookAt }) },
            ...(lookAt ? {} : { $unset: { lookAt: '' } }),
          },
          { returnDocument: 'after' },
        ),
      ),
    async dueLooks(now, limit) {
      const docs = await table
        .find({ lookAt: { $lte: now } }, { projection: { _id: 1 } })
        .sort({ lookAt: 1 })
        .limit(limit)
        .toArray();
      return docs.map(({ _id }) => String(_id));
    },
    async nextLook() {
      const doc = await table.findOne(
        { lookAt: { $exists: true } },
        { sort: { lookAt: 1 }, projection: { lookAt: 1 } },
      );
      return (doc?.lookAt as Date | undefined) ?? null;
    },
    async lookAtAll(at) {
      await table.updateMany({ presence: 'online' }, { $set: { lookAt: at } });
    },
  };
}

const emailTaken = (): Refusal =>
  new Refusal('duplicate', 'Somebody has this e-mail address already.', { field: 'email' });
