import type { Settings, SettingsStore } from '../../domain/integration/records.ts';
import { onceMore } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

const ONLY = 'company';
/** Until an administrator says otherwise. */
const DEFAULTS: Settings = {
  companyName: 'Openline',
  timeZone: 'UTC',
  currency: 'EUR',
  language: 'en',
  disconnectMinutes: 2,
  idleMinutes: 10,
  pushText: true,
};

const read = (doc: Doc | null): Settings => {
  const { _id: _, ...stored } = doc ?? {};
  return { ...DEFAULTS, ...stored };
};

/** The company's settings: one document. */
export function mongoSettings(tables: Tables): SettingsStore {
  const table = tables.of('settings');
  const only = { _id: ONLY };
  return {
    read: async () => read(await table.findOne(only)),
    async change(change) {
      const changed = Object.entries(change).filter(([, value]) => value !== undefined);
      if (changed.length === 0) return read(await table.findOne(only));
      const doc = await onceMore<Doc | null>(() =>
        table.findOneAndUpdate(
          only,
          { $set: Object.fromEntries(changed) },
          { upsert: true, returnDocument: 'after' },
        ),
      );
      return read(doc);
    },
  };
}
