import mongoose from 'mongoose';
import { Refusal } from '../../base/errors.ts';
import { SCHEMAS } from './schemas/all.ts';
import type { TableName } from './schemas/all.ts';
import type { Doc, Row, Table } from './documents.ts';

/** The collections of one database, each behind its mongoose schema. */
export interface Tables {
  of(name: TableName): Table;
  /** Writes one document after its schema has checked it; what does not fit is refused as `malformed`. */
  insert(name: TableName, doc: Doc): Promise<void>;
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
    async insert(name, doc) {
      const model = connection.models[name] ?? connection.model(name, SCHEMAS[name], name);
      try {
        await model.create([doc]);
      } catch (error) {
        if (!(error instanceof mongoose.Error)) throw error;
        throw new Refusal('malformed', `This does not fit ${name}: ${error.message}`);
      }
    },
  };
}
