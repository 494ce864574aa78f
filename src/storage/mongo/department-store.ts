import { Refusal } from '../../base/errors.ts';
import type { Department, DepartmentStore } from '../../domain/operators/department.ts';
import { isDuplicate, newId, ref, shape } from './documents.ts';
import type { Tables } from './tables.ts';

const departments = shape<Department>({ inner: ['nameFolded'] });
const named = (name: string) => ({ name, nameFolded: name.toLowerCase() });

/** Parts of the company. */
export function mongoDepartments(tables: Tables): DepartmentStore {
  const table = tables.of('departments');
  return {
    all: async () => departments.readAll(await table.find().sort({ nameFolded: 1 }).toArray()),
    get: async (id) => departments.readOrNull(await table.findOne({ _id: ref(id) })),
    async people(id) {
      const found = await tables
        .of('users')
        .find({ departmentId: ref(id) }, { projection: { _id: 1 } })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    async create(name, at) {
      const doc = { _id: newId(), ...named(name), createdAt: at };
      await onlyName(name, () => tables.insert('departments', doc));
      return departments.read(doc);
    },
    async rename(id, name) {
      const doc = await onlyName(name, () =>
        table.findOneAndUpdate(
          { _id: ref(id) },
          { $set: named(name) },
          { returnDocument: 'after' },
        ),
      );
      return departments.readOrNull(doc);
    },
    async remove(id) {
      const somebody = await tables
        .of('users')
        .findOne({ departmentId: ref(id) }, { projection: { _id: 1 } });
      if (somebody) return 'in use';
      return (await table.deleteOne({ _id: ref(id) })).deletedCount === 1 ? 'removed' : null;
    },
  };
}

async function onlyName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new Refusal('duplicate', `There is a department called "${name}" already.`, {
      field: 'name',
    });
  }
}
