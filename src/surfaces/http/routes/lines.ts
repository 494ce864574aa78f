import { z } from 'zod';
import { listFlowTypes } from '../../../desk/flows/list-flow-types.ts';
import { archiveLine } from '../../../desk/lines/archive-line.ts';
import { changeLine } from '../../../desk/lines/change-line.ts';
import { createLine } from '../../../desk/lines/create-line.ts';
import { lineChange, newLine } from '../../../desk/lines/line-fields.ts';
import { lineOpen } from '../../../desk/lines/line-open.ts';
import { listLines } from '../../../desk/lines/list-lines.ts';
import { readLine } from '../../../desk/lines/read-line.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOfAll, wholeQuery } from '../endpoint/query.ts';

const atQuery = z.strictObject({
  at: z
    .string()
    // An offset's plus sign that was not escaped arrives as a blank.
    .transform((text) => text.replace(' ', '+'))
    .pipe(z.iso.datetime({ offset: true, error: 'Give an instant as 2026-11-02T10:00:00Z.' }))
    .optional(),
});

/** Open lines. */
export const lineRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/lines',
    tag: 'lines',
    summary: 'Lists all lines, by name',
    query: wholeQuery,
    answer: '[LineView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listLines(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/lines',
    tag: 'lines',
    summary: 'Makes a line',
    description:
      '`hours`: `{"mon": [["09:00","13:00"],["14:00","18:00"]], "sat": [["21:00","02:00"]]}` in the line’s zone; an end at or before its start is on the next day; none at all: always open.',
    body: newLine,
    status: 201,
    answer: 'LineView',
    handle: ({ desk, who, body }) => createLine(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/lines/:id',
    tag: 'lines',
    summary: 'Shows one line',
    params: idParams,
    answer: 'LineView',
    handle: ({ desk, who, params }) => readLine(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/lines/:id',
    tag: 'lines',
    summary: 'Changes a line; what is left out stays',
    params: idParams,
    body: lineChange,
    answer: 'LineView',
    handle: ({ desk, who, params, body }) => changeLine(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/lines/:id',
    tag: 'lines',
    summary: 'Archives a line that no channel serves; its talks stay readable',
    params: idParams,
    handle: ({ desk, who, params }) => archiveLine(desk, who, params.id),
  });
  api.add({
    method: 'GET',
    path: '/flow-types',
    tag: 'lines',
    summary: 'Lists what a line can do by itself, each with the form of its settings',
    description: 'Set with `PATCH /lines/:id {flows: [{name, config}]}`, in the order they begin.',
    query: wholeQuery,
    answer: '[FlowTypeView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listFlowTypes(desk, who), query),
  });
  api.add({
    method: 'GET',
    path: '/lines/:id/open',
    tag: 'lines',
    summary: 'Says whether a line is open at an instant, and when that changes',
    params: idParams,
    query: atQuery,
    answer: 'OpeningView',
    handle: ({ desk, who, params, query }) =>
      lineOpen(desk, who, params.id, query.at === undefined ? undefined : new Date(query.at)),
  });
};
