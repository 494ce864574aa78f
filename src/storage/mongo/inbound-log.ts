import { coalesce } from '../../base/coalesce.ts';
import type { InboundEvent } from '../../contract/inbound.ts';
import type { InboundLog, LoggedEvent } from '../../domain/conversations/inbound-log.ts';
import { newId, ref, refs, shape } from './documents.ts';
import type { Row } from './documents.ts';
import { insertAll } from './message-append.ts';
import type { Tables } from './tables.ts';

interface Arrival {
  accountId: string;
  events: readonly InboundEvent[];
  raw: Uint8Array | null;
  at: Date;
}
interface Stored {
  logged: LoggedEvent[];
  duplicates: number;
}

const events = shape<LoggedEvent>({ inner: ['raw', 'open', 'appliedAt'] });

/** Accepted events, each once: unique (account, event id). Gone 30 days after they were applied. */
export function mongoInboundLog(tables: Tables): InboundLog {
  const table = tables.of('inboundEvents');

  const store = coalesce<Arrival, Stored>(
    async (arrivals) => {
      const docs = arrivals.flatMap(newDocuments);
      const outcomes = await insertAll(table, docs);
      let at = 0;
      return arrivals.map(({ accountId, events: arrived, at: receivedAt }) => {
        const result: Stored = { logged: [], duplicates: 0 };
        let failure: Error | null = null;
        for (const event of arrived) {
          const outcome = outcomes[at];
          const id = String(docs[at]?._id);
          at++;
          if (outcome instanceof Error) failure = outcome;
          else if (outcome) result.duplicates++;
          else result.logged.push({ id, accountId, event, receivedAt, attempts: 0 });
        }
        return failure ?? result;
      });
    },
    { parallel: 2 },
  );

  const applied = coalesce<{ id: string; at: Date }, undefined>(async (done) => {
    const latest = Math.max(...done.map(({ at }) => at.getTime()));
    await table.updateMany(
      { _id: { $in: refs(done.map(({ id }) => id)) } },
      { $set: { appliedAt: new Date(latest) }, $unset: { open: '' } },
    );
    return done.map(() => undefined);
  });

  return {
    store: async (accountId, arrived, raw, at) =>
      arrived.length === 0
        ? { logged: [], duplicates: 0 }
        : store({ accountId, events: arrived, raw, at }),
    applied: (id, at) => applied({ id, at }),
    async failedOnce(id) {
      await table.updateOne({ _id: ref(id) }, { $inc: { attempts: 1 } });
    },
    async quarantined(id, at) {
      await table.updateOne({ _id: ref(id) }, { $set: { appliedAt: at }, $unset: { open: '' } });
    },
    async pending(olderThan, limit) {
      const docs = await table
        .find({ open: true, receivedAt: { $lt: olderThan } }, { projection: { raw: 0 } })
        .sort({ receivedAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return events.readAll(docs);
    },
  };
}

/** One document per event; the bytes they came from lie with the first. */
function newDocuments({ accountId, events: arrived, raw, at }: Arrival): Row[] {
  return arrived.map((event, index) => ({
    _id: newId(),
    accountId: ref(accountId),
    event,
    receivedAt: at,
    attempts: 0,
    open: true,
    ...(raw && index === 0 ? { raw: Buffer.from(raw) } : {}),
  }));
}
