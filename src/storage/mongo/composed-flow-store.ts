import type { ComposedFlow, ComposedFlowStore, FlowVersion } from '../../domain/flows/composed.ts';
import { isDuplicate, newId, ref, shape } from './documents.ts';
import { readPage } from './pages.ts';
import type { Tables } from './tables.ts';

const flowShape = shape<ComposedFlow>({});
const versionShape = shape<FlowVersion>({ refs: ['flowId'] });

/** Composed flows and their versions. A version is inserted under its number: two at once can not have the same. */
export function mongoComposedFlows(tables: Tables): ComposedFlowStore {
  const flows = tables.of('composedFlows');
  const versions = tables.of('flowVersions');
  return {
    async create(flow, at) {
      const doc = {
        _id: newId(),
        ...flowShape.write({ ...flow, rev: 1, createdAt: at, updatedAt: at, archivedAt: null }),
      };
      await tables.insert('composedFlows', doc);
      return flowShape.read(doc);
    },
    get: async (id) => flowShape.readOrNull(await flows.findOne({ _id: ref(id) })),
    all: async () =>
      flowShape.readAll(await flows.find({ archivedAt: null }).sort({ name: 1 }).toArray()),
    async change(id, rev, change, at) {
      const doc = await flows.findOneAndUpdate(
        { _id: ref(id), rev, archivedAt: null },
        { $set: { ...flowShape.write(change), updatedAt: at }, $inc: { rev: 1 } },
        { returnDocument: 'after' },
      );
      return flowShape.readOrNull(doc);
    },
    async archive(id, at) {
      const { modifiedCount } = await flows.updateOne(
        { _id: ref(id), archivedAt: null },
        { $set: { archivedAt: at } },
      );
      return modifiedCount === 1;
    },
    async publish(version, newest) {
      const doc = { _id: newId(), ...versionShape.write({ ...version, number: newest + 1 }) };
      try {
        await tables.insert('flowVersions', doc);
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
      return versionShape.read(doc);
    },
    newest: async (flowId) =>
      versionShape.readOrNull(
        await versions.findOne({ flowId: ref(flowId) }, { sort: { number: -1 } }),
      ),
    version: async (flowId, number) =>
      versionShape.readOrNull(await versions.findOne({ flowId: ref(flowId), number })),
    versions: (flowId, page) =>
      readPage(
        versions,
        [{ flowId: ref(flowId) }],
        { field: 'number', direction: -1 },
        page,
        versionShape.read,
      ),
  };
}
