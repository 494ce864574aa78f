import { MongoError } from '../../errors.ts';
import type { Collection, Unit } from '../../store/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';

/** Takes a collection out within a unit; what it held is swept away afterwards. */
export function dropCollection(call: Call, unit: Unit, c: Collection): void {
  const { catalog, transactions } = call.database;
  transactions.refuseTouched(c);
  catalog.drop(unit.view, c);
  unit.changes?.push({ op: 'drop', db: c.db, coll: c.name });
}

/** @see https://www.mongodb.com/docs/manual/reference/command/drop/ */
export const drop: Command = {
  name: 'drop',
  fields: [],
  run: async (call) => {
    const name = new Arguments('drop', call.command).collection();
    const { catalog, writer, garbage } = call.database;
    // Drivers of today expect that dropping what is not there succeeds.
    if (!catalog.get(call.db, name)) return {};
    const indexes = await writer.one(call, (unit) => {
      const c = catalog.get(call.db, name);
      if (c) dropCollection(call, unit, c);
      return c?.indexes.length ?? 0;
    });
    garbage.sweep();
    return { nIndexesWas: indexes, ns: `${call.db}.${name}` };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/dropDatabase/ */
export const dropDatabase: Command = {
  name: 'dropDatabase',
  fields: [],
  run: async (call) => {
    const { catalog, writer, garbage } = call.database;
    await writer.one(call, (unit) => {
      const all = catalog.of(call.db);
      for (const c of all) call.database.transactions.refuseTouched(c);
      for (const c of all) dropCollection(call, unit, c);
      if (all.length) unit.changes?.push({ op: 'dropDatabase', db: call.db });
    });
    garbage.sweep();
    return { dropped: call.db };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/command/renameCollection/ */
export const renameCollection: Command = {
  name: 'renameCollection',
  fields: ['to', 'dropTarget'],
  run: async (call) => {
    const args = new Arguments('renameCollection', call.command);
    const from = args.text('renameCollection');
    const to = args.text('to');
    const { catalog, writer, transactions, garbage } = call.database;
    const dot = to.indexOf('.');
    if (dot < 1) throw new MongoError(73, `Invalid target namespace: ${to}`);
    await writer.one(call, (unit) => {
      const c = catalog.at(from);
      if (!c) throw new MongoError(26, `Source collection ${from} does not exist`);
      if (from === to) throw new MongoError(20, "Can't rename a collection to itself");
      const target = catalog.at(to);
      if (target && !args.flag('dropTarget')) throw new MongoError(48, 'target namespace exists');
      transactions.refuseTouched(c);
      if (target) dropCollection(call, unit, target);
      const { db, name } = c;
      catalog.rename(unit.view, c, to.slice(0, dot), to.slice(dot + 1));
      unit.changes?.push({ op: 'rename', db, coll: name, to: { db: c.db, coll: c.name } });
    });
    garbage.sweep();
    return {};
  },
};
