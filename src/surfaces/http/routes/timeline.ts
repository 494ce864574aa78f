import { z } from 'zod';
import { readTimeline } from '../../../desk/crm/read-timeline.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idText, pageFields, pageOf } from '../endpoint/query.ts';

const timelineQuery = z.strictObject({
  ...pageFields,
  filter: z.strictObject(
    {
      kind: z.enum(
        ['contact', 'lead', 'deal', 'conversation'],
        'Give contact, lead, deal or conversation.',
      ),
      id: idText,
      session: idText.optional(),
    },
    'Say of what: filter[kind] and filter[id].',
  ),
});

/** Who changed what, when and why. */
export const timelineRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/timeline',
    tag: 'crm',
    summary: 'Tells what happened to a contact, lead, deal or talk, newest first',
    description:
      '`filter[kind]` and `filter[id]` name the thing. Of a conversation: its current session, or `filter[session]`.',
    query: timelineQuery,
    answer: '[TimelineView]',
    handle: ({ desk, who, query: { filter, ...page } }) => {
      const { kind, id, session } = filter;
      const of =
        kind === 'conversation'
          ? { kind, id, ...(session === undefined ? {} : { sessionId: session }) }
          : { kind, id };
      return readTimeline(desk, who, of, pageOf(page));
    },
  });
};
