import { z } from 'zod';
import { createToken } from '../../../desk/people/create-token.ts';
import { listTokens } from '../../../desk/people/list-tokens.ts';
import { removeToken } from '../../../desk/people/remove-token.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOfAll, wholeQuery } from '../endpoint/query.ts';

/** Personal tokens for scripts. */
export const tokenRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/tokens',
    tag: 'session',
    summary: 'Lists one’s own personal tokens',
    query: wholeQuery,
    answer: '[TokenView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listTokens(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/tokens',
    tag: 'session',
    summary: 'Makes a personal token; its text is shown only now',
    body: z.strictObject({ name: z.string('Give the token a name.').trim().min(1).max(120) }),
    status: 201,
    answer: 'TokenView',
    handle: ({ desk, who, body }) => createToken(desk, who, body.name),
  });
  api.add({
    method: 'DELETE',
    path: '/tokens/:id',
    tag: 'session',
    summary: 'Takes a personal token back',
    params: idParams,
    handle: ({ desk, who, params }) => removeToken(desk, who, params.id),
  });
};
