import type { Doc } from './documents.ts';
import { onceMore } from './documents.ts';
import type { Tables } from './tables.ts';

/** The next human number of a kind, from 1; never given twice, also not to two processes. */
export async function nextNumber(
  tables: Tables,
  kind: 'contact' | 'lead' | 'deal',
): Promise<number> {
  const counters = tables.of('counters');
  const doc = await onceMore<Doc | null>(() =>
    counters.findOneAndUpdate(
      { kind },
      { $inc: { last: 1 } },
      { upsert: true, returnDocument: 'after' },
    ),
  );
  if (typeof doc?.last !== 'number')
    throw new Error(`The counter of ${kind} numbers gave no number.`);
  return doc.last;
}
