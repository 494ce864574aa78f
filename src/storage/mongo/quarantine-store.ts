import type { Quarantined, QuarantineStore } from '../../domain/conversations/inbound-log.ts';
import { newId, ref, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const quarantine = shape<Quarantined>({ refs: ['accountId'] });

/** A request's own names may hold dots and dollars, which mean something in a database: kept as pairs. */
function pairs(request: Quarantined['request']): Doc | null {
  if (!request) return null;
  const { method, path, query, headers } = request;
  return { method, path, query: Object.entries(query), headers: Object.entries(headers) };
}

function read(doc: Doc): Quarantined {
  const item = quarantine.read(doc);
  const stored = doc.request as Doc | null;
  if (!stored) return item;
  const { method, path, query, headers } = stored;
  const request = {
    method,
    path,
    query: Object.fromEntries(query as [string, string][]),
    headers: Object.fromEntries(headers as [string, string][]),
  } as Quarantined['request'];
  return { ...item, request };
}

/** What came in and could not be used. */
export function mongoQuarantine(tables: Tables): QuarantineStore {
  const table = tables.of('quarantine');
  return {
    async hold(item) {
      const doc = {
        _id: newId(),
        ...quarantine.write({ ...item, state: 'held' }),
        raw: Buffer.from(item.raw),
        request: pairs(item.request),
      };
      await tables.insert('quarantine', doc);
      return read(doc);
    },
    async get(id) {
      const doc = await table.findOne({ _id: ref(id) });
      return doc ? read(doc) : null;
    },
    async setState(id, from, to) {
      const doc = await table.findOneAndUpdate(
        { _id: ref(id), state: from },
        { $set: { state: to } },
        { returnDocument: 'after' },
      );
      return doc ? read(doc) : null;
    },
    list: (state, page) => readPage(table, [state ? { state } : {}], NEWEST, page, read),
  };
}
