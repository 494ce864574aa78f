import type { View } from '../kv/view.ts';
import type { Doc } from '../values/index.ts';
import type { Collection } from './collection.ts';

/** What an update did to a document, field by field. */
export interface UpdateDescription {
  updatedFields: Doc;
  removedFields: string[];
  truncatedArrays: { field: string; newSize: number }[];
}

/** One change as change streams tell it. */
export interface Change {
  op: 'insert' | 'update' | 'replace' | 'delete' | 'drop' | 'rename' | 'dropDatabase';
  db: string;
  coll?: string;
  documentKey?: Doc;
  /** The new document, as BSON. */
  fullDocument?: Buffer;
  /** The document as it was, as BSON, when the collection keeps images for change streams. */
  before?: Buffer | undefined;
  /** Whether the collection keeps them. */
  images?: boolean;
  updateDescription?: UpdateDescription;
  to?: { db: string; coll: string };
}

/**
 * What one piece of writing works on and leaves behind: the view it changes, who else holds a
 * document, how many documents came and went, which collections' records changed, what change
 * streams will tell. Counts and records are saved by whoever ends the unit.
 */
export interface Unit {
  readonly view: View;
  /** Whether changes reach the store with this unit; false inside a transaction. */
  readonly direct: boolean;
  /** Documents added (or, negative, removed) per collection. */
  readonly counts: Map<Collection, number>;
  /** Collections whose catalog record has to be saved. */
  readonly changed: Set<Collection>;
  /** Changes to be told, or null when nobody has ever listened. */
  readonly changes: Change[] | null;
  /**
   * Takes a document or a unique key for this unit.
   * @throws MongoError 112 inside a transaction when another holds it; a wait otherwise
   */
  lock(key: string): void;
}

/** Adds to a unit's count of a collection. */
export function count(unit: Unit, c: Collection, delta: number): void {
  unit.counts.set(c, (unit.counts.get(c) ?? 0) + delta);
}
