import type { AuditEntry, AuditStore } from '../../domain/integration/records.ts';
import { newId, shape } from './documents.ts';
import { NEWEST, readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const entries = shape<AuditEntry>({});

/** Sign-ins, settings, exports, deletions: latest first. */
export function mongoAudit(tables: Tables): AuditStore {
  return {
    async record(entry) {
      await tables.insert('audit', { _id: newId(), ...entries.write(entry) });
    },
    list: (page) => readPage(tables.of('audit'), [{}], NEWEST, page, entries.read),
  };
}
