import { coalesce } from '../../base/coalesce.ts';
import type { Doc, Table } from './documents.ts';
import { ownCopies } from './own-copies.ts';

/**
 * Reads of single documents by one unique field, made close together: one query for all of them. Each caller gets an
 * object of its own, as from a query of its own: what one does to it, another does not see.
 */
export function sharedRead<T extends object>(
  table: Table,
  options: {
    /** The unique field. */
    field: string;
    /** What a caller names → what the field holds. Default: the same. */
    stored?(key: string): unknown;
    read(doc: Doc): T;
    /** The key under which a caller asks for this one. */
    keyOf(value: T): string;
  },
): (key: string) => Promise<T | null> {
  const { field, stored = (key: string) => key, read, keyOf } = options;
  return coalesce<string, T | null>(
    async (keys) => {
      const wanted = [...new Set(keys)];
      const [only] = wanted;
      const filter = wanted.length === 1 && only !== undefined ? stored(only) : null;
      const docs = await table
        .find({ [field]: filter ?? { $in: wanted.map(stored) } })
        .limit(wanted.length)
        .toArray();
      const found = new Map(docs.map(read).map((value) => [keyOf(value), value]));
      const own = ownCopies<T>();
      return keys.map((key) => own(found.get(key)));
    },
    { parallel: 2 },
  );
}
