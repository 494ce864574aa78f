import type { TimelineEntry, TimelineStore } from '../../domain/crm/records.ts';
import { newId, shape } from './documents.ts';
import { readPage } from './pages.ts';
import type { Order } from './pages.ts';
import type { Tables } from './tables.ts';

const entries = shape<TimelineEntry>({});
const LATEST: Order = { field: 'at', direction: -1 };

/** Who changed what, latest first. */
export function mongoTimeline(tables: Tables): TimelineStore {
  const table = tables.of('timeline');
  return {
    async record(entry) {
      await tables.insert('timeline', { _id: newId(), ...entries.write(entry) });
    },
    of: (subject, page) =>
      readPage(
        table,
        [{ 'subject.kind': subject.kind, 'subject.id': subject.id }],
        LATEST,
        page,
        entries.read,
      ),
  };
}
