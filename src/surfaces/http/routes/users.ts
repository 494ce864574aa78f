import { z } from 'zod';
import { changeUser, userChange } from '../../../desk/people/change-user.ts';
import { createUser, newUser } from '../../../desk/people/create-user.ts';
import { listUsers } from '../../../desk/people/list-users.ts';
import { readUser } from '../../../desk/people/read-user.ts';
import { listRoles } from '../../../desk/people/roles.ts';
import { setPresence } from '../../../desk/people/set-presence.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import {
  flagText,
  idParams,
  pageFields,
  pageOf,
  pageOfAll,
  wholeQuery,
} from '../endpoint/query.ts';

const listQuery = z.strictObject({
  ...pageFields,
  q: z.string().max(200).optional(),
  filter: z.strictObject({ active: flagText.optional() }).optional(),
});

/** People who work here, their roles, and whether they are there. */
export const userRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/users',
    tag: 'people',
    summary: 'Lists the people who work here',
    query: listQuery,
    answer: '[UserView]',
    handle: ({ desk, who, query }) =>
      listUsers(
        desk,
        who,
        {
          ...(query.filter?.active === undefined ? {} : { active: query.filter.active }),
          ...(query.q ? { q: query.q } : {}),
        },
        pageOf(query),
      ),
  });
  api.add({
    method: 'POST',
    path: '/users',
    tag: 'people',
    summary: 'Adds a person',
    body: newUser,
    status: 201,
    answer: 'UserView',
    handle: ({ desk, who, body }) => createUser(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/users/:id',
    tag: 'people',
    summary: 'Shows one person',
    params: idParams,
    answer: 'UserView',
    handle: ({ desk, who, params }) => readUser(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/users/:id',
    tag: 'people',
    summary: 'Changes a person, or deactivates them with active=false',
    description:
      'One’s own name, time zone, `reachableByPhone` and password (with `currentPassword`) need no right. A new password ends the person’s sessions.',
    params: idParams,
    body: userChange,
    answer: 'UserView',
    handle: ({ desk, who, params, body }) => changeUser(desk, who, params.id, body),
  });
  api.add({
    method: 'GET',
    path: '/roles',
    tag: 'people',
    summary: 'Lists the roles and what they may',
    query: wholeQuery,
    answer: '[RoleView]',
    handle: async ({ desk, query }) => pageOfAll(await listRoles(desk), query),
  });
  api.add({
    method: 'PUT',
    path: '/presence',
    tag: 'people',
    summary: 'Says whether one is there',
    description:
      'The answer’s `away` says why no talks come all the same: absence, hours, no device, idle. With `workNow` one works in spite of hours and absences, until the day ends.',
    body: z.strictObject({
      state: z.enum(['online', 'break', 'offline'], 'Give online, break or offline.'),
      workNow: z.boolean().optional(),
    }),
    answer: 'UserView',
    handle: ({ desk, who, body }) =>
      setPresence(desk, who, body.state, { workNow: body.workNow ?? false }),
  });
};
