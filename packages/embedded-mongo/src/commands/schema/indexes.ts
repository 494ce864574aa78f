import { setTimeout as sleep } from 'node:timers/promises';
import { buildIndex } from '../../catalog/index-build.ts';
import { existingIndex, readIndexSpec } from '../../catalog/index-spec.ts';
import { MongoError } from '../../errors.ts';
import { equal } from '../../order/index.ts';
import {
  type Collection,
  type CollectionIndex,
  ID_INDEX,
  type IndexSpec,
} from '../../store/index.ts';
import { listSource } from '../../session/sources.ts';
import { type Doc, isArr, isPlain, show, type Value } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { openCursor } from '../reply.ts';
import { collectionOf, refuseView } from '../read/select.ts';
import { ensureCollection } from '../write/ensure.ts';
import type { Transaction } from '../../txn/transaction.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/createIndexes/ */
export const createIndexes: Command = {
  name: 'createIndexes',
  fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  inTransaction: true,
  grows: true,
  run: async (call) => {
    const args = new Arguments('createIndexes', call.command);
    const name = args.collection();
    const asked = args.list('indexes');
    if (!asked?.length) throw new MongoError(2, 'Must specify at least one index to create');
    const before = collectionOf(call, name);
    refuseView(before);
    const c = await ensureCollection(call, call.db, name);
    const specs = asked.map((given) => {
      if (!isPlain(given)) throw new MongoError(14, 'An index specification must be an object');
      return readIndexSpec(given, c);
    });
    for (const spec of specs) existingIndex(c, spec);
    const numIndexesBefore = before ? c.indexes.length : 1;
    let made = 0;
    for (const spec of specs) {
      const there = existingIndex(c, spec);
      if (there && !there.building) continue;
      if (call.txn) refuseFilled(call.txn, c);
      await obtainIndex(call, c, spec);
      made++;
    }
    return {
      numIndexesBefore,
      numIndexesAfter: c.indexes.length,
      createdCollectionAutomatically: !before,
      ...(made ? {} : { note: 'all indexes already exist' }),
    };
  },
};

/** @throws MongoError 263 unless the transaction itself has made the collection and it is empty */
function refuseFilled(txn: Transaction, c: Collection): void {
  const kind = c.owner !== txn ? 'existing' : txn.touches(c) ? 'non-empty' : undefined;
  if (!kind) return;
  throw new MongoError(
    263,
    `Cannot create new indexes on ${kind} collection ${c.ns} in a multi-document transaction.`,
  );
}

const LOOK_EVERY_MS = 5;

/** Builds an index, or waits for somebody else who does, and builds it if that fails. */
async function obtainIndex(call: Call, c: Collection, spec: IndexSpec): Promise<void> {
  for (;;) {
    await buildIndex(call.database, call.outside(), c, spec);
    for (;;) {
      const index = existingIndex(c, spec);
      if (!index) break;
      if (!index.building) return;
      call.checkpoint();
      await sleep(LOOK_EVERY_MS);
    }
  }
}

/** @see https://www.mongodb.com/docs/manual/reference/command/listIndexes/ */
export const listIndexes: Command = {
  name: 'listIndexes',
  fields: ['cursor'],
  run: (call) => {
    const args = new Arguments('listIndexes', call.command);
    const name = args.collection();
    const c = collectionOf(call, name);
    if (!c) throw new MongoError(26, `ns does not exist: ${call.db}.${name}`);
    refuseView(c);
    return openCursor(call, {
      ns: c.ns,
      source: listSource(c.indexes.map((index) => shownSpec(c, index))),
      batchSize: args.cursorBatch(),
    });
  },
};

/** An index as listIndexes shows it; of a clustered collection, the one over `_id` is the cluster. */
function shownSpec(c: Collection, index: CollectionIndex): Doc {
  const cluster = c.options['clusteredIndex'];
  if (index.name !== ID_INDEX || !isPlain(cluster)) return index.spec;
  return { ...index.spec, name: cluster['name'] ?? ID_INDEX, unique: true, clustered: true };
}

/** @see https://www.mongodb.com/docs/manual/reference/command/dropIndexes/ */
export const dropIndexes: Command = {
  name: 'dropIndexes',
  aliases: ['deleteIndexes'],
  fields: ['index'],
  run: async (call) => {
    const name = new Arguments('dropIndexes', call.command).collection();
    const { catalog, writer, transactions, garbage } = call.database;
    const before = await writer.one(call, (unit) => {
      const c = collectionOf(call, name);
      if (!c) throw new MongoError(26, `ns not found ${call.db}.${name}`);
      transactions.refuseTouched(c);
      const count = c.indexes.length;
      for (const index of indexesToDrop(c, call.command['index']))
        catalog.dropIndex(unit.view, c, index);
      return count;
    });
    garbage.sweep();
    return { nIndexesWas: before };
  },
};

function indexesToDrop(c: Collection, asked: Value): CollectionIndex[] {
  if (asked === '*') return c.indexes.filter((index) => index.name !== ID_INDEX);
  return (isArr(asked) ? asked : [asked]).map((one) => {
    const index = c.indexes.find((i) =>
      typeof one === 'string' ? i.name === one : equal(i.spec.key, one),
    );
    if (!index)
      throw typeof one === 'string'
        ? new MongoError(27, `index not found with name [${one}]`)
        : new MongoError(27, `can't find index with key: ${show(one)}`);
    if (index.name === ID_INDEX) throw new MongoError(72, 'cannot drop _id index');
    return index;
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/indexStats/ */
export const indexStats = (c: Collection | undefined, since: Date): Doc[] =>
  (c?.indexes ?? []).map((index) => ({
    name: index.name,
    key: index.spec.key,
    spec: index.spec,
    accesses: { ops: 0, since },
    ...(index.building ? { building: true } : {}),
  }));
