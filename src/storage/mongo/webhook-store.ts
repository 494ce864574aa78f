import type { WebhookCall, WebhookStore, WebhookTarget } from '../../domain/integration/records.ts';
import { newId, onceMore, ref, shape } from './documents.ts';
import type { Row } from './documents.ts';
import { insertAll } from './message-append.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const targets = shape<WebhookTarget>({});
/** The counter that holds until when all was looked through. */
const LOOKED = 'webhooks';
const calls = shape<WebhookCall>({ refs: ['targetId'] });

/** Addresses outside, and the calls made to them. */
export function mongoWebhooks(tables: Tables): WebhookStore {
  const table = tables.of('webhookTargets');
  const callTable = tables.of('webhookCalls');
  const get = async (id: string): Promise<WebhookTarget | null> =>
    targets.readOrNull(await table.findOne({ _id: ref(id) }));

  return {
    async create(target) {
      const fields = { ...target, createdAt: new Date(), lastStatus: null };
      const doc = { _id: newId(), ...targets.write(fields) };
      await tables.insert('webhookTargets', doc);
      return targets.read(doc);
    },
    get,
    all: async () => targets.readAll(await table.find().sort({ _id: 1 }).toArray()),
    async change(id, change) {
      const fields = targets.write(change);
      if (Object.keys(fields).length === 0) return get(id);
      const doc = await table.findOneAndUpdate(
        { _id: ref(id) },
        { $set: fields },
        { returnDocument: 'after' },
      );
      return targets.readOrNull(doc);
    },
    async remove(id) {
      const { deletedCount } = await table.deleteOne({ _id: ref(id) });
      await callTable.deleteMany({ targetId: ref(id) });
      return deletedCount === 1;
    },
    async enqueue(added) {
      if (added.length === 0) return;
      const docs = added.map((call): Row => {
        const fields = { ...call, attempts: 0, status: null, detail: '', leaseUntil: null };
        return { _id: newId(), ...calls.write(fields) };
      });
      for (const outcome of await insertAll(callTable, docs))
        if (outcome instanceof Error) throw outcome;
    },
    async told(targetId, keys) {
      const filter = { targetId: ref(targetId), key: { $in: [...keys] } };
      const docs = await callTable.find(filter, { projection: { key: 1 } }).toArray();
      return new Set(docs.map(({ key }) => String(key)));
    },
    async toldBetween(targetId, from, to) {
      const filter = { targetId: ref(targetId), key: { $gte: from, $lte: to } };
      return (await callTable.findOne(filter, { projection: { key: 1 } })) !== null;
    },
    async lookedUntil() {
      const doc = await tables.of('counters').findOne({ kind: LOOKED });
      return typeof doc?.last === 'number' ? new Date(doc.last) : null;
    },
    async setLookedUntil(at) {
      const change = { $max: { last: at.getTime() } };
      await onceMore(() =>
        tables.of('counters').updateOne({ kind: LOOKED }, change, { upsert: true }),
      );
    },
    async leaseDue(now, until) {
      const doc = await callTable.findOneAndUpdate(
        {
          state: 'queued',
          nextAt: { $lte: now },
          $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }],
        },
        { $set: { leaseUntil: until } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      );
      return calls.readOrNull(doc);
    },
    async settle(id, result) {
      await callTable.updateOne(
        { _id: ref(id) },
        { $set: { ...calls.write(result), leaseUntil: null } },
      );
    },
    async replay(id, targetId, now) {
      const { matchedCount } = await callTable.updateOne(
        { _id: ref(id), targetId: ref(targetId), state: { $in: ['failed', 'sent'] } },
        { $set: { state: 'queued', attempts: 0, nextAt: now, leaseUntil: null } },
      );
      return matchedCount === 1;
    },
    calls: (targetId, page) =>
      readPage(callTable, [{ targetId: ref(targetId) }], NEWEST, page, calls.read),
  };
}
