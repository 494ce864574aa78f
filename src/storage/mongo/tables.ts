import mongoose from 'mongoose';
import { Refusal } from '../../base/errors.ts';
import { SCHEMAS } from './schemas/all.ts';
import type { TableName } from './schemas/all.ts';
import type { Doc, Row, Table } from './documents.ts';

/** Writes that belong together. */
export type Unit = mongoose.mongo.ClientSession;

/** The collections of one database, each behind its mongoose schema. */
export interface Tables {
  of(name: TableName): Table;
  /** Writes one document after its schema has checked it; what does not fit is refused as `malformed`. */
  insert(name: TableName, doc: Doc, unit?: Unit): Promise<void>;
  /** All of `work` that is given the unit, or nothing. It may be run again when others wrote the same meanwhile. */
  together<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  connection: mongoose.Connection;
}

/** Binds the schemas to a connection that is open. */
export function bindTables(connection: mongoose.Connection): Tables {
  const db = connection.db;
  if (!db) throw new Error('The database connection is not open yet.');
  const native = new Map<TableName, Table>();
  const of = (name: TableName): Table => {
    const known = native.get(name) ?? db.collection<Row>(name);
    native.set(name, known);
    return known;
  };
  return {
    connection,
    of,
    together: (work) =>
      connection.getClient().withSession((unit) => unit.withTransaction(() => work(unit))),
    async insert(name, doc, unit) {
      const model = connection.models[name] ?? connection.model(name, SCHEMAS[name], name);
      try {
        await model.create([doc], unit ? { session: unit } : {});
      } catch (error) {
        if (!(error instanceof mongoose.Error)) throw error;
        throw new Refusal('malformed', `This does not fit ${name}: ${error.message}`);
      }
    },
  };
}
