import type { Connection } from 'mongoose';
import { SCHEMAS } from '../schemas/all.ts';

/** Makes the indexes that the schemas name. One that is there already costs nothing; one that differs is an error. */
export async function createIndexes(connection: Connection): Promise<void> {
  const db = connection.db;
  if (!db) throw new Error('The database connection is not open yet.');
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const indexes = schema.indexes().map(([key, options]) => {
      const { background: _, ...rest } = options;
      return { key: key as Record<string, 1 | -1>, ...rest } as {
        key: Record<string, 1 | -1>;
        name: string;
      };
    });
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
  }
}
