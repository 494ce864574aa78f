import { compile } from '../../match/index.ts';
import type { Collection } from '../../store/index.ts';
import { listSource } from '../../session/sources.ts';
import type { Doc } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openCursor } from '../reply.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/listCollections/ */
export const listCollections: Command = {
  name: 'listCollections',
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run: (call) => {
    const args = new Arguments('listCollections', call.command);
    const matches = compile(args.doc('filter'));
    const described = call.database.catalog
      .of(call.db)
      .map(describe)
      .filter((doc) => matches(doc));
    const nameOnly = args.flag('nameOnly');
    return openCursor(call, {
      ns: `${call.db}.$cmd.listCollections`,
      source: listSource(
        nameOnly ? described.map(({ name, type }) => ({ name, type })) : described,
      ),
      batchSize: args.cursorBatch(),
    });
  },
};

function describe(c: Collection): Doc {
  const common = { name: c.name, type: c.isView ? 'view' : 'collection', options: c.options };
  return c.isView
    ? { ...common, info: { readOnly: true } }
    : { ...common, info: { readOnly: false, uuid: c.uuid }, idIndex: c.indexes[0]?.spec };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/listDatabases/ */
export const listDatabases: Command = {
  name: 'listDatabases',
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run: (call) => {
    const args = new Arguments('listDatabases', call.command);
    const matches = compile(args.doc('filter'));
    const names = new Set(call.database.catalog.all().map((c) => c.db));
    for (const always of ['admin', 'config', 'local']) names.add(always);
    const { fileBytes } = call.database.kv.stats();
    const share = Math.round(fileBytes / names.size);
    const databases = [...names]
      .sort()
      .map(
        (name): Doc => ({ name, sizeOnDisk: share, empty: !call.database.catalog.of(name).length }),
      )
      .filter((doc) => matches(doc));
    return args.flag('nameOnly')
      ? { databases: databases.map(({ name }) => ({ name })) }
      : { databases, totalSize: fileBytes, totalSizeMb: Math.round(fileBytes / 1048576) };
  },
};
