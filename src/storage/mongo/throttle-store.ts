import type { ThrottleStore } from '../../domain/operators/user.ts';
import { onceMore } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

/** Failures counted per key; a window that has ended begins anew, whether or not the database dropped it yet. */
export function mongoThrottle(tables: Tables): ThrottleStore {
  const table = tables.of('throttles');
  return {
    async hit(key, windowMs, now) {
      const running = await table.findOneAndUpdate(
        { key, expiresAt: { $gt: now } },
        { $inc: { count: 1 } },
        { returnDocument: 'after' },
      );
      if (running) return running.count as number;
      const expiresAt = new Date(now.getTime() + windowMs);
      const alive = { $gt: ['$expiresAt', now] };
      const begun = await onceMore<Doc | null>(() =>
        table.findOneAndUpdate(
          { key },
          [
            {
              $set: {
                count: { $cond: [alive, { $add: ['$count', 1] }, 1] },
                expiresAt: { $cond: [alive, '$expiresAt', expiresAt] },
              },
            },
          ],
          { upsert: true, returnDocument: 'after' },
        ),
      );
      return (begun?.count as number | undefined) ?? 1;
    },
    async clear(key) {
      await table.deleteOne({ key });
    },
  };
}
