import { z } from 'zod';
import { searchAll } from '../../../desk/crm/search-all.ts';
import type { Routes } from '../endpoint/endpoint.ts';

const searchQuery = z.strictObject({
  q: z.string('Give what to search.').max(200),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

/** One search over the CRM. */
export const searchRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/search',
    tag: 'crm',
    summary: 'Finds contacts, leads and deals',
    description:
      'By words of their names, digits of a phone or the beginning of an e-mail; `L5` and `#17` name one. `limit` counts per kind.',
    query: searchQuery,
    answer: 'SearchView',
    handle: ({ desk, who, query }) => searchAll(desk, who, query.q, query.limit),
  });
};
