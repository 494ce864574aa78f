import type { FileStore, StoredFile } from '../../domain/conversations/file.ts';
import { isDuplicate, newId, ref, refs, shape } from './documents.ts';
import type { Doc } from './documents.ts';
import type { Tables } from './tables.ts';

const files = shape<StoredFile>({ refs: ['conversationId', 'messageId', 'uploadedBy'] });

/** What is known of each file; the bytes lie elsewhere. */
export function mongoFiles(tables: Tables): FileStore {
  const table = tables.of('files');
  const change = async (filter: Doc, update: Doc, sort?: Doc): Promise<StoredFile | null> =>
    files.readOrNull(
      await table.findOneAndUpdate(filter, update, {
        returnDocument: 'after',
        ...(sort ? { sort: sort as Record<string, 1> } : {}),
      }),
    );

  return {
    async create({ id, ...file }) {
      const fields = { ...file, attempts: 0, leaseUntil: null, createdAt: new Date() };
      const doc = { _id: id === undefined ? newId() : ref(id), ...files.write(fields) };
      try {
        await tables.insert('files', doc);
        return files.read(doc);
      } catch (error) {
        const there = isDuplicate(error) ? await table.findOne({ _id: doc._id }) : null;
        if (!there) throw error;
        return files.read(there);
      }
    },
    get: async (id) => files.readOrNull(await table.findOne({ _id: ref(id) })),
    many: async (ids) =>
      ids.length === 0
        ? []
        : files.readAll(await table.find({ _id: { $in: refs(ids) } }).toArray()),
    async attach(ids, conversationId, messageId) {
      if (ids.length === 0) return;
      await table.updateMany(
        { _id: { $in: refs(ids) } },
        { $set: { conversationId: ref(conversationId), messageId: ref(messageId) } },
      );
    },
    leaseDue: (now, until) =>
      change(
        {
          state: 'pending',
          nextAt: { $lte: now },
          $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }],
        },
        { $set: { leaseUntil: until } },
        { nextAt: 1 },
      ),
    settle: (id, result) =>
      change({ _id: ref(id) }, { $set: { ...files.write(result), leaseUntil: null } }),
    retry: (id, now) =>
      change(
        { _id: ref(id), state: 'failed' },
        { $set: { state: 'pending', nextAt: now, attempts: 0, detail: '', leaseUntil: null } },
      ),
  };
}
