import { z } from 'zod';
import {
  addAbsence,
  listAbsences,
  newAbsence,
  removeAbsence,
} from '../../../desk/people/absences.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOfAll, wholeQuery } from '../endpoint/query.ts';

const absenceParams = z.strictObject({ ...idParams.shape, absenceId: z.uuid() });

/** When people are away: holidays, illness, anything else. */
export const absenceRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/users/:id/absences',
    tag: 'people',
    summary: 'Lists when a person is away',
    description: 'One’s own need no right; others’ are for administrators and supervisors.',
    params: idParams,
    query: wholeQuery,
    answer: '[AbsenceView]',
    handle: async ({ desk, who, params, query }) =>
      pageOfAll(await listAbsences(desk, who, params.id), query),
  });
  api.add({
    method: 'POST',
    path: '/users/:id/absences',
    tag: 'people',
    summary: 'Notes that a person will be away',
    description:
      'By the clock of the person’s time zone. A day without a time counts whole, the last day too. No new talks come meanwhile.',
    params: idParams,
    body: newAbsence,
    status: 201,
    answer: 'AbsenceView',
    handle: ({ desk, who, params, body }) => addAbsence(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/users/:id/absences/:absenceId',
    tag: 'people',
    summary: 'Removes an absence',
    params: absenceParams,
    handle: ({ desk, who, params }) => removeAbsence(desk, who, params.id, params.absenceId),
  });
};
