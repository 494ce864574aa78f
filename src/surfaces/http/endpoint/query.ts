import { z } from 'zod';
import { Refusal } from '../../../base/errors.ts';
import type { PageRequest } from '../../../domain/events/paging.ts';

/**
 * `{"filter[state]": "open", limit: "5"}` → `{filter: {state: "open"}, limit: "5"}`. A repeated key keeps its first
 * value; an empty one counts as left out.
 */
export function foldQuery(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const folded: Record<string, unknown> = {};
  const filter: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(query)) {
    const value: unknown = Array.isArray(given) ? given[0] : given;
    if (value === '') continue;
    const field = /^filter\[([A-Za-z]+)\]$/.exec(key)?.[1];
    if (field) filter[field] = value;
    else folded[key] = value;
  }
  if (Object.keys(filter).length > 0) folded.filter = filter;
  return folded;
}

/** `limit` and `cursor` of every list. */
export const pageFields = {
  limit: z.coerce
    .number('Give a whole number from 1 to 200.')
    .int('Give a whole number from 1 to 200.')
    .min(1, 'Give a whole number from 1 to 200.')
    .max(200, 'Give a whole number from 1 to 200.')
    .default(50),
  cursor: z.string().min(1).max(1000).optional(),
  /** Lists that an index can give the other way round take `sortField` in its place. */
  sort: z.never('this list has one order only, leave sort out.').optional(),
};

/** `sort` of a list that is given by this field, the latest first unless it is asked for the other way. */
export const sortField = <F extends string>(field: F) =>
  z
    .enum([`-${field}`, field], `give -${field} (the default, latest first) or ${field}.`)
    .optional();

/** A list with nothing but paging. */
export const pageQuery = z.strictObject(pageFields);

/** `limit` and `cursor` of a list that is short enough to be read whole: without a limit all of it is given. */
export const wholeFields = { ...pageFields, limit: pageFields.limit.unwrap().optional() };

/** A whole list with nothing but paging. */
export const wholeQuery = z.strictObject(wholeFields);

/** What a thing in a whole list is known by. */
type Known = { id: string } | { type: string } | { name: string };
const markOf = (one: Known): string => ('id' in one ? one.id : 'type' in one ? one.type : one.name);

/** The stretch of a whole list that a query asks for. A cursor is the mark of the last thing that was given. */
export function pageOfAll<T extends Known>(
  all: readonly T[],
  { limit = all.length, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): { items: T[]; nextCursor: string | null } {
  const last = cursor === undefined ? -1 : all.findIndex((one) => markOf(one) === cursor);
  if (cursor !== undefined && last < 0)
    throw new Refusal('malformed', 'This cursor is not one that a list gave out.', {
      field: 'cursor',
    });
  const items = all.slice(last + 1, last + 1 + limit);
  const end = items.at(-1);
  const more = last + 1 + items.length < all.length;
  return { items, nextCursor: more && end ? markOf(end) : null };
}

/** The page that a query asks for. */
export function pageOf(query: {
  limit: number;
  cursor?: string | undefined;
  sort?: string | undefined;
}): PageRequest {
  const { limit, cursor, sort } = query;
  return { limit, cursor, ...(sort && !sort.startsWith('-') && { reversed: true }) };
}

/** An id as the database makes them. */
export const idText = z.string().regex(/^[0-9a-f]{24}$/, 'This is no id.');

/** `/:id` */
export const idParams = z.strictObject({ id: idText });

/** `filter[active]=true` */
export const flagText = z.enum(['true', 'false']).transform((value) => value === 'true');
