import { z } from 'zod';
import { interceptTalk } from '../../../desk/talks/intercept-talk.ts';
import { inviteToTalk } from '../../../desk/talks/invite-to-talk.ts';
import { joinTalk, leaveTalk } from '../../../desk/talks/join-talk.ts';
import { mergeTalk, unmergeTalk } from '../../../desk/talks/merge-talks.ts';
import { pinTalk } from '../../../desk/talks/pin-talk.ts';
import { scoreTalk } from '../../../desk/talks/score-talk.ts';
import { skipTalk } from '../../../desk/talks/skip-talk.ts';
import { snoozeTalk } from '../../../desk/talks/snooze-talk.ts';
import { spamTalk } from '../../../desk/talks/spam-talk.ts';
import { tagTalk } from '../../../desk/talks/tag-talk.ts';
import { transferTalk } from '../../../desk/talks/transfer-talk.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText } from '../endpoint/query.ts';

const note = z.string().trim().min(1).max(5000).nullable().default(null);
const tags = z.array(z.string().max(100)).max(30).default([]);

/** Where to: exactly one of a person, a line, a role. */
const transferBody = z.union(
  [
    z.strictObject({ userId: idText, note }),
    z.strictObject({ lineId: idText, note }),
    z.strictObject({ role: z.string().min(1).max(64), note }),
  ],
  'Give one of userId, lineId and role, and perhaps a note.',
);

/** What is done to a talk beside taking, giving and closing it. */
export const talkActRoutes: Routes = (api) => {
  const common = {
    method: 'POST',
    tag: 'talks',
    params: idParams,
    answer: 'ConversationView',
  } as const;
  api.add({
    ...common,
    path: '/conversations/:id/skip',
    summary: 'Says no to a talk: the queue gives it to the next',
    body: z.strictObject({ why: z.string().trim().min(1).max(300).nullable().default(null) }),
    handle: ({ desk, who, params, body }) => skipTalk(desk, who, params.id, body.why),
  });
  api.add({
    ...common,
    path: '/conversations/:id/transfer',
    summary: 'Gives a talk to a person, another line, or whoever of a role is free',
    body: transferBody,
    handle: ({ desk, who, params, body: { note: text, ...target } }) =>
      transferTalk(desk, who, params.id, target, text),
  });
  api.add({
    ...common,
    path: '/conversations/:id/invite',
    summary: 'Lets a colleague see the talk and answer in it',
    body: z.strictObject({ userId: idText }),
    handle: ({ desk, who, params, body }) => inviteToTalk(desk, who, params.id, body.userId),
  });
  api.add({
    ...common,
    path: '/conversations/:id/join',
    summary: 'Follows a colleague’s talk unseen',
    handle: ({ desk, who, params }) => joinTalk(desk, who, params.id),
  });
  api.add({
    ...common,
    path: '/conversations/:id/leave',
    summary: 'Ends having joined or having been invited',
    handle: ({ desk, who, params }) => leaveTalk(desk, who, params.id),
  });
  api.add({
    ...common,
    path: '/conversations/:id/intercept',
    summary: 'Takes a talk from whoever has it',
    handle: ({ desk, who, params }) => interceptTalk(desk, who, params.id),
  });
  api.add({
    ...common,
    path: '/conversations/:id/snooze',
    summary: 'Puts a talk off until a time, or until the customer writes',
    body: z.strictObject({
      until: z.iso.datetime({ offset: true, error: 'Give a time in ISO 8601.' }),
    }),
    handle: ({ desk, who, params, body }) => snoozeTalk(desk, who, params.id, new Date(body.until)),
  });
  api.add({
    ...common,
    path: '/conversations/:id/spam',
    summary: 'Marks a talk as spam, and closes it if it is open',
    handle: ({ desk, who, params }) => spamTalk(desk, who, params.id),
  });
  api.add({
    ...common,
    path: '/conversations/:id/pin',
    summary: 'Keeps a talk at the top of one’s own lists, or no longer',
    body: z.strictObject({ on: z.boolean().default(true) }),
    handle: ({ desk, who, params, body }) => pinTalk(desk, who, params.id, body.on),
  });
  const from = z.strictObject({ from: idText });
  api.add({
    ...common,
    path: '/conversations/:id/merge',
    summary: 'Merges a duplicate talk of the same person into this one',
    description:
      'Both on one kind of channel. Nothing moves: each talk keeps its address and its messages; the duplicate is closed and linked. `unmerge` ends it.',
    body: from,
    handle: ({ desk, who, params, body }) => mergeTalk(desk, who, params.id, body.from),
  });
  api.add({
    ...common,
    path: '/conversations/:id/unmerge',
    summary: 'Ends a merge',
    body: from,
    handle: ({ desk, who, params, body }) => unmergeTalk(desk, who, params.id, body.from),
  });
  api.add({
    ...common,
    path: '/conversations/:id/rate',
    summary: 'Scores a finished session, 1 to 5; without `sessionId` the last one',
    body: z.strictObject({
      score: z.number('Give a score from 1 to 5.'),
      comment: z.string().max(5000).nullable().default(null),
      sessionId: idText.optional(),
    }),
    answer: 'TalkSessionView',
    handle: ({ desk, who, params, body: { sessionId, ...body } }) =>
      scoreTalk(desk, who, params.id, { ...body, ...(sessionId && { sessionId }) }),
  });
  api.add({
    ...common,
    path: '/conversations/:id/tag',
    summary: 'Adds and removes tags',
    body: z.strictObject({ add: tags, remove: tags }),
    handle: ({ desk, who, params, body }) => tagTalk(desk, who, params.id, body),
  });
};
