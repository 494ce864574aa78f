import type { Line, LineStore } from '../../domain/lines/line.ts';
import { coalesce } from '../../base/coalesce.ts';
import { Refusal } from '../../base/errors.ts';
import { isDuplicate, newId, onceMore, ref, refs, shape } from './documents.ts';
import { sharedRead } from './shared-read.ts';
import type { Tables } from './tables.ts';

/** What lines have that were made without. */
const PLAIN = (): Pick<
  Line,
  | 'assign'
  | 'counts'
  | 'sticky'
  | 'ownerFollows'
  | 'exceptions'
  | 'calendar'
  | 'flows'
  | 'targets'
  | 'autoCloseMinutes'
  | 'signature'
> => ({
  assign: 'direct',
  counts: 'all',
  sticky: 'none',
  ownerFollows: false,
  exceptions: {},
  calendar: null,
  flows: [],
  targets: {
    firstAnswerMinutes: null,
    nextAnswerMinutes: null,
    resolutionMinutes: null,
    warnPercent: 80,
  },
  autoCloseMinutes: null,
  signature: { on: false, text: '' },
});

const lines = shape<Line>({ refs: ['members'], absent: PLAIN() });

/** Open lines, and whose turn it was last on each. */
export function mongoLines(tables: Tables): LineStore {
  const table = tables.of('lines');
  const turns = tables.of('turns');
  /** Turns that are taken at once: one round trip. */
  const recordTurn = coalesce<{ lineId: string; operatorId: string; at: Date }, void>(
    async (taken) => {
      const writes = taken.map(({ lineId, operatorId, at }) => {
        const filter = { lineId: ref(lineId), operatorId: ref(operatorId) };
        return { updateOne: { filter, update: { $max: { at } }, upsert: true } };
      });
      await onceMore(() => turns.bulkWrite(writes, { ordered: false }));
      return taken.map(() => undefined);
    },
  );

  /** Every request of an operator asks this: asked close together, it is one query. */
  const ofMember = coalesce<string, Line[]>(
    async (userIds) => {
      const docs = await table
        .find({ members: { $in: refs([...new Set(userIds)]) }, archivedAt: null })
        .sort({ name: 1 })
        .toArray();
      const all = lines.readAll(docs);
      return userIds.map((id) =>
        structuredClone(all.filter(({ members }) => members.includes(id))),
      );
    },
    { parallel: 2 },
  );

  return {
    async create(line) {
      const doc = {
        _id: newId(),
        ...lines.write({ ...PLAIN(), ...line, createdAt: new Date(), archivedAt: null }),
      };
      await onlyKey(() => tables.insert('lines', doc));
      return lines.read(doc);
    },
    get: sharedRead(table, { field: '_id', stored: ref, read: lines.read, keyOf: ({ id }) => id }),
    byKey: async (key) => lines.readOrNull(await table.findOne({ key })),
    all: async () =>
      lines.readAll(await table.find({ archivedAt: null }).sort({ name: 1 }).toArray()),
    ofMember,
    async change(id, change) {
      const update = { $set: lines.write(change) };
      if (Object.keys(update.$set).length === 0) {
        return lines.readOrNull(await table.findOne({ _id: ref(id) }));
      }
      const doc = await onlyKey(() =>
        table.findOneAndUpdate({ _id: ref(id) }, update, { returnDocument: 'after' }),
      );
      return lines.readOrNull(doc);
    },
    leaseCalendar: async (now, next) =>
      lines.readOrNull(
        await table.findOneAndUpdate(
          { 'calendar.nextAt': { $lte: now }, archivedAt: null },
          { $set: { 'calendar.nextAt': next } },
          { sort: { 'calendar.nextAt': 1 }, returnDocument: 'after' },
        ),
      ),
    async turns(lineId) {
      const docs = await turns.find({ lineId: ref(lineId) }).toArray();
      return new Map(docs.map((doc) => [String(doc.operatorId), doc.at as Date]));
    },
    recordTurn: (lineId, operatorId, at) => recordTurn({ lineId, operatorId, at }),
  };
}

async function onlyKey<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new Refusal('duplicate', 'There is a line with this key already.', { field: 'key' });
  }
}
