import type { Device, DeviceStore } from '../../domain/operators/device.ts';
import { newId, onceMore, ref, refOrNull, refs, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

const devices = shape<Device>({ refs: ['userId', 'signInId'] });
/** Of one person: whoever clears their browser at every sign-in makes a new one each time. */
const MOST = 40;
/** Dead ones dealt with at a time; the next sweep takes the rest. */
const BATCH = 500;

/** The browsers and phones that people use. */
export function mongoDevices(tables: Tables): DeviceStore {
  const table = tables.of('devices');
  const set = async (id: string, fields: Doc): Promise<void> => {
    await table.updateOne({ _id: ref(id) }, { $set: fields });
  };

  const upsert = async (
    userId: string,
    key: string,
    update: { $set?: Doc; $setOnInsert: Doc },
  ): Promise<Device> => {
    const _id = newId();
    const doc = await onceMore<Doc | null>(() =>
      table.findOneAndUpdate(
        { userId: ref(userId), key },
        { ...update, $setOnInsert: { _id, ...update.$setOnInsert } },
        { upsert: true, returnDocument: 'after' },
      ),
    );
    if (!doc) throw new Error('A device was not stored.');
    if (_id.equals(doc._id)) await forgetOldest(userId);
    return devices.read(doc);
  };

  return {
    arrive: ({ userId, key, kind, name, signInId }, at) =>
      upsert(userId, key, {
        $set: {
          ...{ kind, name, signInId: refOrNull(signInId) },
          ...{ seenAt: at, live: true, met: true },
        },
        $setOnInsert: { createdAt: at, activeAt: at, push: null },
      }),
    introduce: ({ userId, key, kind, name, signInId }, at) =>
      upsert(userId, key, {
        $setOnInsert: {
          ...{ kind, name, signInId: refOrNull(signInId), createdAt: at, activeAt: at, seenAt: at },
          ...{ live: false, met: false, push: null },
        },
      }),
    async beat(ids, at) {
      if (ids.length > 0)
        await table.updateMany({ _id: { $in: refs(ids) } }, { $set: { seenAt: at, live: true } });
    },
    active: (id, at) => set(id, { activeAt: at }),
    leave: (id, at) => set(id, { seenAt: at, live: false }),

    async expire(before, graceMs) {
      const dead = await table
        .find({ live: true, seenAt: { $lt: before } })
        .limit(BATCH)
        .toArray();
      const whose = new Set<string>();
      for (const { _id, userId, seenAt } of dead) {
        const counted = new Date((seenAt as Date).getTime() + graceMs);
        const { modifiedCount } = await table.updateOne(
          { _id, live: true, seenAt },
          { $set: { live: false, seenAt: counted } },
        );
        if (modifiedCount === 1) whose.add(String(userId));
      }
      return [...whose];
    },

    ofUser: async (userId) =>
      devices.readAll(
        await table
          .find({ userId: ref(userId) })
          .sort({ seenAt: -1 })
          .toArray(),
      ),
    ofUsers: async (userIds) =>
      devices.readAll(await table.find({ userId: { $in: refs(userIds) } }).toArray()),
    pushable: async (userIds) =>
      devices.readAll(
        await table
          .find({ userId: { $in: refs(userIds) }, 'push.endpoint': { $exists: true } })
          .toArray(),
      ),
    setPush: (id, push) => set(id, { push }),
    async dropPush(endpoint) {
      const doc = await table.findOneAndUpdate(
        { 'push.endpoint': endpoint },
        { $set: { push: null } },
      );
      return doc ? String(doc.userId) : null;
    },
    remove: async (id, userId) =>
      devices.readOrNull(await table.findOneAndDelete({ _id: ref(id), userId: ref(userId) })),
  };

  async function forgetOldest(userId: string): Promise<void> {
    const tooMany = await table
      .find({ userId: ref(userId) }, { projection: { _id: 1 } })
      .sort({ seenAt: -1 })
      .skip(MOST)
      .toArray();
    if (tooMany.length > 0) await table.deleteMany({ _id: { $in: tooMany.map(({ _id }) => _id) } });
  }
}
