import { coalesce } from '../../base/coalesce.ts';
import type { DeliveryChange, Message, OutboxStore } from '../../domain/conversations/message.ts';
import type { DeliveryState } from '../../contract/wire.ts';
import { ref, refs } from './documents.ts';
import type { Doc } from './documents.ts';
import { enterState, logged, messageShape, statesBelow } from './message-documents.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const MOST_CHANGED = 200;
/** How many unfinished messages one look into several conversations may bring. */
const MOST_UNFINISHED = 500;

type Next = NonNullable<Awaited<ReturnType<OutboxStore['next']>>>;
interface Lease {
  id: string;
  by: string;
  now: Date;
  until: Date;
}

interface Settlement {
  id: string;
  by: string;
  result: DeliveryChange;
  at: Date;
}

const heldBy = ({ id, by }: Settlement): Doc => ({
  _id: ref(id),
  'delivery.state': 'sending',
  'delivery.leaseBy': by,
});

/**
 * From which states a receipt moves a message on. `failed` is the provider's late refusal of what it had taken: it undoes
 * `sent`, never `delivered` or `read`.
 */
const RAISED_FROM: Record<'delivered' | 'read' | 'failed', DeliveryState[]> = {
  delivered: statesBelow('delivered'),
  read: statesBelow('read'),
  failed: [...statesBelow('failed'), 'uncertain', 'sent'],
};
/** "This one and all before it" says something only of those that went out. */
const RAISED_WITH_LATER: readonly DeliveryState[] = ['sent', 'delivered', 'uncertain'];

/** The outbox: conditional writes on the delivery inside each message. */
export function mongoOutbox(tables: Tables): OutboxStore {
  const table = tables.of('messages');
  const { readAll, readOrNull, read } = messageShape;
  const change = async (filter: Doc, update: Doc): Promise<Message | null> =>
    readOrNull(await table.findOneAndUpdate(filter, update, { returnDocument: 'after' }));

  const unfinished = (conversationId: string, limit: number): Promise<Doc[]> =>
    table
      .find({ conversationId: ref(conversationId), pending: true })
      .sort({ seq: 1 })
      .limit(limit)
      .toArray();
  const firstOf = (docs: readonly Doc[]): Next | null =>
    docs[0] ? { message: read(docs[0]), more: docs.length > 1 } : null;

  const next = coalesce<string, Next | null>(
    async (conversationIds) => {
      const [only] = conversationIds;
      if (conversationIds.length === 1 && only !== undefined)
        return [firstOf(await unfinished(only, 2))];
      const docs = await table
        .find({ conversationId: { $in: refs(conversationIds) }, pending: true })
        .limit(MOST_UNFINISHED)
        .toArray();
      // One long queue may fill the answer: then each is asked for by itself.
      if (docs.length === MOST_UNFINISHED)
        return Promise.all(conversationIds.map(async (id) => firstOf(await unfinished(id, 2))));
      return conversationIds.map((id) =>
        firstOf(
          docs
            .filter((doc) => String(doc.conversationId) === id)
            .sort((one, other) => one.seq - other.seq),
        ),
      );
    },
    { max: 50, parallel: 2 },
  );

  /** Conditional writes of many in one round trip, then who of them succeeded: the lease in the document says it. */
  const lease = coalesce<Lease, Message | null>(
    async (wanted) => {
      const latest = new Date(Math.max(...wanted.map(({ until }) => until.getTime())));
      await table.bulkWrite(
        wanted.map(({ id, by, now }) => ({
          updateOne: {
            filter: {
              _id: ref(id),
              pending: true,
              'delivery.state': 'queued',
              'delivery.nextAt': { $lte: now },
            },
            update: {
              ...enterState('sending', now, {
                'delivery.leaseBy': by,
                'delivery.leaseUntil': latest,
              }),
              $inc: { 'delivery.attempts': 1 },
            },
          },
        })),
      );
      const ids = [...new Set(wanted.map(({ id }) => id))];
      const docs = await table.find({ _id: { $in: refs(ids) } }).toArray();
      const leased = new Map(readAll(docs).map((message) => [message.id, message]));
      return wanted.map(({ id, by }) => {
        const message = leased.get(id);
        const { state, leaseBy, leaseUntil } = message?.delivery ?? {};
        const theirs =
          state === 'sending' && leaseBy === by && leaseUntil?.getTime() === latest.getTime();
        return message && theirs ? message : null;
      });
    },
    { max: 50, parallel: 2 },
  );

  /** Ends of attempts, in one round trip as well: whose write passed has it in the journal of the delivery. */
  const settle = coalesce<Settlement, Message | null>(
    async (ends) => {
      const [only] = ends;
      if (ends.length === 1 && only) return [await change(heldBy(only), settled(only))];
      await table.bulkWrite(
        ends.map((end) => ({ updateOne: { filter: heldBy(end), update: settled(end) } })),
      );
      const ids = refs(ends.map(({ id }) => id));
      const docs = await table.find({ _id: { $in: ids } }).toArray();
      const found = new Map(readAll(docs).map((message) => [message.id, message]));
      return ends.map(({ id, result, at }) => {
        const message = found.get(id);
        const passed = message?.delivery?.log.some(
          (entry) =>
            entry.at.getTime() === at.getTime() &&
            entry.status === result.state &&
            entry.detail === result.detail,
        );
        return message && passed ? message : null;
      });
    },
    { max: 50, parallel: 2 },
  );

  return {
    next,
    lease: (id, by, now, until) => lease({ id, by, now, until }),

    async renew(id, by, until) {
      const { matchedCount } = await table.updateOne(
        { _id: ref(id), 'delivery.state': 'sending', 'delivery.leaseBy': by },
        { $set: { 'delivery.leaseUntil': until } },
      );
      return matchedCount === 1;
    },

    settle: (id, by, result, at) => settle({ id, by, result, at }),

    async due(now, exceptAccounts, limit) {
      const docs = await table
        .find(
          {
            pending: true,
            'delivery.state': 'queued',
            'delivery.nextAt': { $lte: now },
            ...(exceptAccounts.length > 0 ? { accountId: { $nin: refs(exceptAccounts) } } : {}),
          },
          { projection: { conversationId: 1, accountId: 1 } },
        )
        .sort({ 'delivery.nextAt': 1 })
        .limit(limit)
        .toArray();
      const found = new Map<string, { conversationId: string; accountId: string }>();
      for (const doc of docs) {
        const conversationId = String(doc.conversationId);
        found.set(conversationId, { conversationId, accountId: String(doc.accountId) });
      }
      return [...found.values()];
    },

    async abandoned(now, limit) {
      const docs = await table
        .find({
          pending: true,
          'delivery.state': 'sending',
          'delivery.leaseUntil': { $lt: now },
        })
        .sort({ 'delivery.leaseUntil': 1 })
        .limit(limit)
        .toArray();
      return readAll(docs);
    },

    async stale(before, accountIds, limit) {
      const docs = await table
        .find({
          pending: true,
          'delivery.state': 'queued',
          'delivery.nextAt': { $lt: before },
          accountId: { $in: refs(accountIds) },
        })
        .sort({ 'delivery.nextAt': 1 })
        .limit(limit)
        .toArray();
      return readAll(docs);
    },

    giveUp: (id, detail, at) =>
      change(
        { _id: ref(id), 'delivery.state': 'queued' },
        settled({ result: { state: 'failed', reason: 'gave-up', detail }, at }),
      ),

    recover: (id, result, now) =>
      change(
        { _id: ref(id), 'delivery.state': 'sending', 'delivery.leaseUntil': { $lt: now } },
        settled({ result, at: now }),
      ),

    requeue: (id, at) =>
      change(
        { _id: ref(id), 'delivery.state': { $in: ['failed', 'uncertain', 'canceled'] } },
        {
          ...enterState('queued', at, {
            'delivery.nextAt': at,
            'delivery.attempts': 0,
            'delivery.reason': null,
            'delivery.detail': '',
            ...NO_LEASE,
          }),
          $push: logged(at, 'queued', 'Sent again by a person.'),
        },
      ),

    cancel: (id, at) =>
      change(
        { _id: ref(id), 'delivery.state': { $in: ['queued', 'failed', 'uncertain'] } },
        {
          ...enterState('canceled', at, { 'delivery.detail': '', ...NO_LEASE }),
          $push: logged(at, 'canceled', ''),
        },
      ),

    async receipt(conversationId, externalId, status, upTo, at, detail) {
      const conversation = ref(conversationId);
      const target = await table.findOne(
        { conversationId: conversation, externalIds: externalId, direction: 'out' },
        { projection: { seq: 1 } },
      );
      if (!target) return [];
      const raised = RAISED_FROM[status];
      const candidates: Doc[] = [{ _id: target._id, 'delivery.state': { $in: raised } }];
      if (upTo && status !== 'failed') {
        candidates.push({
          conversationId: conversation,
          seq: { $lt: target.seq as number },
          direction: 'out',
          'delivery.state': { $in: raised.filter((state) => RAISED_WITH_LATER.includes(state)) },
        });
      }
      const found = await Promise.all(
        candidates.map((filter) =>
          table
            .find(filter, { projection: { _id: 1 } })
            .sort({ seq: -1 })
            .limit(MOST_CHANGED)
            .toArray(),
        ),
      );
      const ids = found
        .flat()
        .slice(0, MOST_CHANGED)
        .map((doc) => doc._id);
      if (ids.length === 0) return [];
      await table.updateMany(
        { _id: { $in: ids }, 'delivery.state': { $in: raised } },
        {
          ...enterState(status, at, {
            'delivery.detail': detail,
            ...NO_LEASE,
            ...(status === 'failed' ? {} : { [`delivery.${status}At`]: at }),
          }),
          $push: logged(at, status, detail),
        },
      );
      const changed = await table
        .find({ _id: { $in: ids }, 'delivery.state': status })
        .sort({ _id: 1 })
        .toArray();
      return readAll(changed);
    },

    list(states, accountIds, page) {
      const accounts = accountIds === null ? {} : { accountId: { $in: refs(accountIds) } };
      const branches = [...new Set(states)].map((state) => ({
        'delivery.state': state,
        direction: 'out',
        ...accounts,
      }));
      return readPage(table, branches, NEWEST, page, read);
    },

    async wake(accountId, now) {
      await table.updateMany(
        {
          pending: true,
          'delivery.state': 'queued',
          'delivery.nextAt': { $gt: now },
          accountId: ref(accountId),
        },
        { $set: { 'delivery.nextAt': now } },
      );
    },
  };
}

const NO_LEASE = { 'delivery.leaseBy': null, 'delivery.leaseUntil': null };

/** The write of a finished attempt. Progress within a send (`sending`) keeps the lease. */
function settled({ result, at }: { result: DeliveryChange; at: Date }): Doc {
  const { state, detail, reason = null, nextAt, stepsDone, externalIds, sentAt } = result;
  return {
    ...enterState(state, at, {
      'delivery.detail': detail,
      'delivery.reason': reason,
      ...(nextAt ? { 'delivery.nextAt': nextAt } : {}),
      ...(stepsDone === undefined ? {} : { 'delivery.stepsDone': stepsDone }),
      ...(sentAt ? { 'delivery.sentAt': sentAt } : {}),
      ...(state === 'sending' ? {} : NO_LEASE),
    }),
    $push: logged(at, state, detail),
    ...(externalIds ? { $addToSet: { externalIds: { $each: [...externalIds] } } } : {}),
  };
}
