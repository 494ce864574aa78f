import { Refusal } from '../../base/errors.ts';
import type { PageOf, PageRequest } from '../../domain/events/paging.ts';
import { ref } from './documents.ts';
import type { Doc, Table } from './documents.ts';

/** How a list is ordered: by `field`, then `_id`, both in this direction. `field` null: by `_id` alone. */
export interface Order {
  field: string | null;
  direction: 1 | -1;
}

/** Newest first, by id: ids grow with time. */
export const NEWEST: Order = { field: null, direction: -1 };

/** Where a page ended. */
interface Place {
  key: Date | string | number | null;
  id: string;
}

const MOST = 200;

function encode(place: Place): string {
  const { key, id } = place;
  const value = key instanceof Date ? { t: key.getTime() } : key;
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

function decode(cursor: string): Place {
  try {
    const [value, id, more] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof id === 'string' && typeof ref(id) !== 'string' && more === undefined) {
      if (value === null || typeof value === 'string' || typeof value === 'number') {
        return { key: value, id };
      }
      const time = (value as { t?: unknown }).t;
      if (typeof time === 'number' && Math.abs(time) <= 8.64e15) return { key: new Date(time), id };
    }
  } catch {
    // Not even JSON: refused below like any other text that is no cursor.
  }
  throw new Refusal('malformed', 'This cursor is not one that a list gave out.', {
    field: 'cursor',
  });
}

/** The condition "after this place". */
function beyond(order: Order, { key, id }: Place): Doc {
  const than = order.direction === 1 ? '$gt' : '$lt';
  if (order.field === null) return { _id: { [than]: ref(id) } };
  // The first condition bounds the index range; the second drops what the last page showed of the same key.
  return {
    [order.field]: { [`${than}e`]: key },
    $or: [{ [order.field]: { $ne: key } }, { _id: { [than]: ref(id) } }],
  };
}

const fieldOf = (doc: Doc, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Doc | undefined)?.[name], doc);

const placeOf = (order: Order, doc: Doc): Place => ({
  key: order.field === null ? null : (fieldOf(doc, order.field) as Place['key']),
  id: String(doc._id),
});

/** By key, then id: the order the database gave them in. */
function compare(order: Order, a: Doc, b: Doc): number {
  const [x, y] = [placeOf(order, a), placeOf(order, b)];
  const [xKey, yKey] = [x.key?.valueOf() ?? 0, y.key?.valueOf() ?? 0];
  const sign = xKey < yKey ? -1 : xKey > yKey ? 1 : x.id < y.id ? -1 : x.id > y.id ? 1 : 0;
  return sign * order.direction;
}

/**
 * One page of a list. `branches` are filters of which a document need only pass one: each is read in index order and the
 * results are merged here, so that "these lines, or owned by me" costs a few short index reads and never a sort of all.
 * Refuses a cursor that is none.
 */
export async function readPage<T>(
  table: Table,
  branches: readonly Doc[],
  { field, direction }: Order,
  page: PageRequest,
  read: (doc: Doc) => T,
): Promise<PageOf<T>> {
  const order: Order = { field, direction: page.reversed ? turned(direction) : direction };
  const limit = Math.max(1, Math.min(MOST, Math.trunc(page.limit) || 1));
  const after = page.cursor ? beyond(order, decode(page.cursor)) : null;
  const sort: Record<string, 1 | -1> =
    order.field === null
      ? { _id: order.direction }
      : { [order.field]: order.direction, _id: order.direction };
  const runs = await Promise.all(
    branches.map((branch) =>
      table
        .find(after ? { $and: [branch, after] } : branch)
        .sort(sort)
        .limit(limit + 1)
        .toArray(),
    ),
  );
  const docs = runs.length === 1 ? (runs[0] ?? []) : merge(runs, order);
  const items = docs.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = docs.length > limit && last ? encode(placeOf(order, last)) : null;
  return { items: items.map(read), nextCursor };
}

/** The filter once for each of the owners, whose records an index has in order; undefined: anybody's. */
export const ownedBy = (filter: Doc, ownerIds: readonly string[] | undefined): Doc[] =>
  ownerIds === undefined
    ? [filter]
    : ownerIds.map((ownerId) => ({ ...filter, ownerId: ref(ownerId) }));

const turned = (direction: Order['direction']): Order['direction'] => (direction === 1 ? -1 : 1);

function merge(runs: Doc[][], order: Order): Doc[] {
  const seen = new Map<string, Doc>();
  for (const run of runs) for (const doc of run) seen.set(String(doc._id), doc);
  return [...seen.values()].sort((a, b) => compare(order, a, b));
}
