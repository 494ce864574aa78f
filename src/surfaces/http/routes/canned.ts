import { z } from 'zod';
import {
  changeCanned,
  createCanned,
  listCanned,
  removeCanned,
  renderCanned,
} from '../../../desk/canned/canned.ts';
import { sendCanned } from '../../../desk/canned/send-canned.ts';
import { cannedChange, newCanned } from '../../../desk/canned/canned-fields.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageOfAll, wholeFields } from '../endpoint/query.ts';

const listQuery = z.strictObject({
  ...wholeFields,
  q: z.string().trim().max(200).optional(),
  filter: z.strictObject({ line: idText.optional() }).optional(),
});

/** Texts that are used again and again. */
export const cannedRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/canned-answers',
    tag: 'messages',
    summary: 'Lists the canned answers by shortcut; with a line, those for it',
    query: listQuery,
    answer: '[CannedAnswerView]',
    handle: async ({ desk, who, query }) =>
      pageOfAll(await listCanned(desk, who, { lineId: query.filter?.line, q: query.q }), query),
  });
  api.add({
    method: 'POST',
    path: '/canned-answers',
    tag: 'messages',
    summary: 'Makes a canned answer',
    description:
      'Variables: `{{contact.name}}`, `{{contact.firstName}}`, `{{operator.name}}`, `{{operator.firstName}}`, `{{line.name}}`, `{{company.name}}`.',
    body: newCanned,
    status: 201,
    answer: 'CannedAnswerView',
    handle: ({ desk, who, body }) => createCanned(desk, who, body),
  });
  api.add({
    method: 'PATCH',
    path: '/canned-answers/:id',
    tag: 'messages',
    summary: 'Changes a canned answer; what is left out stays',
    params: idParams,
    body: cannedChange,
    answer: 'CannedAnswerView',
    handle: ({ desk, who, params, body }) => changeCanned(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/canned-answers/:id',
    tag: 'messages',
    summary: 'Removes a canned answer',
    params: idParams,
    handle: ({ desk, who, params }) => removeCanned(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/canned-answers/:id/send',
    tag: 'messages',
    summary: 'Sends a canned answer in a talk, then does its acts',
    description:
      'The same `clientId` again sends nothing again: after a failure in between it goes on where it stopped.',
    params: idParams,
    body: z.strictObject({
      conversationId: idText,
      clientId: z.string().min(1).max(100),
      seenSeq: z.int().min(0).optional(),
      force: z.boolean().optional(),
    }),
    answer: 'RenderedAnswer',
    handle: ({ desk, who, params, body: { conversationId, clientId, seenSeq, force } }) =>
      sendCanned(desk, who, { id: params.id }, conversationId, {
        clientId,
        ...(seenSeq === undefined ? {} : { seenSeq }),
        ...(force === undefined ? {} : { force }),
      }),
  });
  api.add({
    method: 'POST',
    path: '/canned-answers/:id/render',
    tag: 'messages',
    summary: 'Fills in a canned answer for a talk, without sending it',
    params: idParams,
    body: z.strictObject({ conversationId: idText }),
    answer: 'RenderedAnswer',
    handle: ({ desk, who, params, body }) =>
      renderCanned(desk, who, { id: params.id }, body.conversationId),
  });
};
