import type { Role, RoleStore } from '../../domain/operators/user.ts';
import { ref, shape } from './documents.ts';
import type { Tables } from './tables.ts';

const roles = shape<Role>({});

/** Roles that an administrator made; the built-in ones are code. */
export function mongoRoles(tables: Tables): RoleStore {
  const table = tables.of('roles');
  return {
    all: async () => roles.readAll(await table.find().sort({ _id: 1 }).toArray()),
    get: async (id) => roles.readOrNull(await table.findOne({ _id: ref(id) })),
  };
}
