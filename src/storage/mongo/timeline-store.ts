import type { NewEntry, TimelineEntry, TimelineStore } from '../../domain/crm/records.ts';
import { coalesce } from '../../base/coalesce.ts';
import { newId, ref, shape } from './documents.ts';
import type { Doc, Row } from './documents.ts';
import { insertAll } from './message-append.ts';
import { readPage } from './pages.ts';
import type { Order } from './pages.ts';
import type { TableName } from './schemas/all.ts';
import type { Tables, Unit } from './tables.ts';

const entries = shape<TimelineEntry>({});
/** A stored entry as a plain one. */
export const readEntry = entries.read;
const LATEST: Order = { field: 'at', direction: -1 };

const insertEntry = (tables: Tables, entry: NewEntry, unit: Unit): Promise<void> =>
  tables.insert('timeline', { _id: newId(), ...entries.write(entry) }, unit);

/** Inserts a document and the entry that tells of it: both or neither. */
export async function insertWithEntry(
  tables: Tables,
  name: TableName,
  doc: Doc,
  entry: NewEntry | undefined,
): Promise<void> {
  if (!entry) return tables.insert(name, doc);
  await tables.together(async (unit) => {
    await tables.insert(name, doc, unit);
    await insertEntry(tables, entry, unit);
  });
}

/** A change and the entry that tells of it: both, or neither if the change finds nothing to change. */
export function writeWithEntry(
  tables: Tables,
  write: (unit?: Unit) => Promise<Doc | null>,
  entry: NewEntry | undefined,
): Promise<Doc | null> {
  if (!entry) return write();
  return tables.together(async (unit) => {
    const written = await write(unit);
    if (written) await insertEntry(tables, entry, unit);
    return written;
  });
}

/** Who changed what, latest first. */
export function mongoTimeline(tables: Tables): TimelineStore {
  const table = tables.of('timeline');
  /** Many sessions change at once; past the schema, whose check costs more than the rest. */
  const insert = coalesce<Row, unknown>((docs) => insertAll(table, docs));
  return {
    async record(entry) {
      await insert({ _id: ref(entry.id), ...entries.write(entry) });
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
