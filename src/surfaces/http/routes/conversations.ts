import { z } from 'zod';
import { assignTalk } from '../../../desk/talks/assign-talk.ts';
import { closeTalk } from '../../../desk/talks/close-talk.ts';
import { listDecisions } from '../../../desk/talks/list-decisions.ts';
import { listSessions } from '../../../desk/talks/list-sessions.ts';
import { listTalks } from '../../../desk/talks/list-talks.ts';
import { markTalkRead } from '../../../desk/talks/mark-talk-read.ts';
import { readTalk } from '../../../desk/talks/read-talk.ts';
import { reopenTalk } from '../../../desk/talks/reopen-talk.ts';
import { showTyping } from '../../../desk/talks/show-typing.ts';
import { takeTalk } from '../../../desk/talks/take-talk.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import {
  idParams,
  idText,
  pageFields,
  pageOf,
  pageOfAll,
  pageQuery,
  sortField,
  wholeQuery,
} from '../endpoint/query.ts';
import { ownerFields } from './owner-filter.ts';

const listQuery = z.strictObject({
  ...pageFields,
  sort: sortField('activity'),
  q: z.string().trim().max(200).optional(),
  filter: z
    .strictObject({
      state: z.enum(['waiting', 'open', 'closed'], 'Give waiting, open or closed.').optional(),
      ...ownerFields,
      line: idText.optional(),
      contact: idText.optional(),
      channel: idText.optional(),
      tag: z.string().trim().max(100).optional(),
    })
    .optional(),
});

/** Only what was given: use cases tell left out from empty. */
const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined | ''> } =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [K in keyof T]?: Exclude<T[K], undefined | ''> };

/** Talks: lists, one, and what is done to them. */
export const conversationRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/conversations',
    tag: 'talks',
    summary: 'Lists the talks one sees, newest activity first',
    description: '`q` looks for words of the customer’s name; `filter[tag]` for a whole tag.',
    query: listQuery,
    answer: '[ConversationView]',
    handle: ({ desk, who, query }) =>
      listTalks(desk, who, given({ ...query.filter, q: query.q }), pageOf(query)),
  });
  api.add({
    method: 'GET',
    path: '/conversations/:id',
    tag: 'talks',
    summary: 'Shows one talk with its customer, lead and what one may do',
    params: idParams,
    answer: 'ConversationDetail',
    handle: ({ desk, who, params }) => readTalk(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/take',
    tag: 'talks',
    summary: 'Takes a talk; 409 names the colleague who was faster',
    params: idParams,
    answer: 'ConversationView',
    handle: ({ desk, who, params }) => takeTalk(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/assign',
    tag: 'talks',
    summary: 'Gives a talk to a person',
    params: idParams,
    body: z.strictObject({ userId: z.string('Give the id of a person.').min(1).max(64) }),
    answer: 'ConversationView',
    handle: ({ desk, who, params, body }) => assignTalk(desk, who, params.id, body.userId),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/close',
    tag: 'talks',
    summary: 'Closes a talk',
    params: idParams,
    body: z.strictObject({ outcome: z.string().trim().min(1).max(100).nullable().default(null) }),
    answer: 'ConversationView',
    handle: ({ desk, who, params, body }) => closeTalk(desk, who, params.id, body.outcome),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/reopen',
    tag: 'talks',
    summary: 'Opens a closed talk again',
    params: idParams,
    answer: 'ConversationView',
    handle: ({ desk, who, params }) => reopenTalk(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/read',
    tag: 'talks',
    summary: 'Marks the customer’s messages as read',
    params: idParams,
    answer: 'ConversationView',
    handle: ({ desk, who, params }) => markTalkRead(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/typing',
    tag: 'talks',
    summary: 'Shows the customer that somebody types',
    params: idParams,
    body: z.strictObject({ on: z.boolean().default(true) }),
    handle: ({ desk, who, params, body }) => showTyping(desk, who, params.id, body.on),
  });
  api.add({
    method: 'GET',
    path: '/conversations/:id/sessions',
    tag: 'talks',
    summary: 'Lists the sessions of a talk, newest first, with outcomes, ratings and scores',
    params: idParams,
    query: wholeQuery,
    answer: '[TalkSessionView]',
    handle: async ({ desk, who, params, query }) =>
      pageOfAll(await listSessions(desk, who, params.id), query),
  });
  api.add({
    method: 'GET',
    path: '/conversations/:id/decisions',
    tag: 'talks',
    summary: 'Says why the talk went where it went, newest first',
    params: idParams,
    query: pageQuery,
    answer: '[DecisionView]',
    handle: ({ desk, who, params, query }) => listDecisions(desk, who, params.id, pageOf(query)),
  });
};
