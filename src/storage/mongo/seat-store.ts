import type { Hold, Seat, SeatStore } from '../../domain/conversations/queue.ts';
import { coalesce } from '../../base/coalesce.ts';
import { isDuplicate, ref, refs } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

/** Places that are just being taken, one document an operator: there once they had one held. */
export function mongoSeats(tables: Tables): SeatStore {
  const table = tables.of('seats');
  const written = ({ conversationId, lineId, ...hold }: Hold): Doc => ({
    ...hold,
    conversationId: ref(conversationId),
    lineId: ref(lineId),
  });
  const release = coalesce<[string, string], void>(async (held) => {
    await table.bulkWrite(
      held.map(([operatorId, id]) => {
        const others = { $filter: { input: '$holds', cond: { $ne: ['$$this.id', id] } } };
        const update = [{ $set: { holds: others } }];
        return { updateOne: { filter: { _id: ref(operatorId) }, update } };
      }),
      { ordered: false },
    );
    return held.map(() => undefined);
  });

  return {
    async many(operatorIds) {
      const seats = new Map(operatorIds.map((id): [string, Seat] => [id, { rev: 0, holds: [] }]));
      if (operatorIds.length === 0) return seats;
      const docs = await table.find({ _id: { $in: refs(operatorIds) } }).toArray();
      for (const { _id, rev, holds } of docs)
        seats.set(String(_id), { rev, holds: (holds as Doc[]).map(readHold) });
      return seats;
    },

    async hold(operatorId, rev, hold, now) {
      if (rev === 0) return first(operatorId, hold);
      const { modifiedCount } = await table.updateOne({ _id: ref(operatorId), rev }, [
        {
          $set: {
            rev: rev + 1,
            holds: {
              $concatArrays: [
                { $filter: { input: '$holds', cond: { $gt: ['$$this.until', now] } } },
                [written(hold)],
              ],
            },
          },
        },
      ]);
      return modifiedCount === 1;
    },

    release: (operatorId, holdId) => release([operatorId, holdId]),
  };

  async function first(operatorId: string, hold: Hold): Promise<boolean> {
    try {
      await table.insertOne({ _id: ref(operatorId), rev: 1, holds: [written(hold)] });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }
}

const readHold = ({ id, conversationId, lineId, until }: Doc): Hold => ({
  id,
  conversationId: String(conversationId),
  lineId: String(lineId),
  until,
});
