import { Refusal } from '../../base/errors.ts';
import type { CannedAnswer, CannedStore } from '../../domain/conversations/scheduled.ts';
import { isDuplicate, newId, ref, shape } from './documents.ts';
import type { Tables } from './tables.ts';

const shapes = shape<CannedAnswer>({
  refs: ['lineIds'],
  absent: { acts: { tags: [], assignTo: null, close: null } },
});
const MOST = 1000;

/** Canned answers. */
export function mongoCanned(tables: Tables): CannedStore {
  const table = tables.of('cannedAnswers');
  return {
    async create(answer, at) {
      const doc = {
        _id: newId(),
        ...shapes.write({ ...answer, createdAt: at, updatedAt: at }),
      };
      await onlyShortcut(answer.shortcut, () => tables.insert('cannedAnswers', doc));
      return shapes.read(doc);
    },
    get: async (id) => shapes.readOrNull(await table.findOne({ _id: ref(id) })),
    byShortcut: async (shortcut) => shapes.readOrNull(await table.findOne({ shortcut })),
    all: async () => shapes.readAll(await table.find().sort({ shortcut: 1 }).limit(MOST).toArray()),
    async change(id, change, at) {
      const doc = await onlyShortcut(change.shortcut ?? '', () =>
        table.findOneAndUpdate(
          { _id: ref(id) },
          { $set: { ...shapes.write(change), updatedAt: at } },
          { returnDocument: 'after' },
        ),
      );
      return shapes.readOrNull(doc);
    },
    async remove(id) {
      return (await table.deleteOne({ _id: ref(id) })).deletedCount === 1;
    },
  };
}

async function onlyShortcut<T>(shortcut: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new Refusal('duplicate', `There is an answer called "${shortcut}" already.`, {
      field: 'shortcut',
    });
  }
}
