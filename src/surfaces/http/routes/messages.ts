import { z } from 'zod';
import { LONGEST_TEXT } from '../../../contract/capabilities.ts';
import { MARK_TYPES } from '../../../contract/inbound.ts';
import type { SendBody } from '../../../contract/wire.ts';
import { cancelScheduled } from '../../../desk/later/cancel-scheduled.ts';
import { changeScheduled } from '../../../desk/later/change-scheduled.ts';
import { listScheduled } from '../../../desk/later/list-scheduled.ts';
import { scheduleReply } from '../../../desk/later/schedule-reply.ts';
import { listDrafts, saveDraft } from '../../../desk/talks/drafts.ts';
import { editMessage } from '../../../desk/talks/edit-message.ts';
import { note } from '../../../desk/talks/note.ts';
import { reactToMessage } from '../../../desk/talks/react-to-message.ts';
import type { MessageRange } from '../../../desk/talks/read-messages.ts';
import { readMessages } from '../../../desk/talks/read-messages.ts';
import { removeMessage } from '../../../desk/talks/remove-message.ts';
import { reply } from '../../../desk/talks/reply.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, idText, pageFields, pageOfAll, wholeQuery } from '../endpoint/query.ts';

const text = z
  .string('Give a text.')
  .max(LONGEST_TEXT, `Give a text of at most ${LONGEST_TEXT} characters.`);
const seqText = z.coerce.number('Give a whole number.').int('Give a whole number.').min(0);

const mark = z.strictObject({
  type: z.enum(MARK_TYPES),
  offset: z.int().min(0),
  length: z.int().min(1),
  url: z
    .string()
    .max(2000)
    .regex(/^(https?:|mailto:|tel:)/i, 'Give an address that begins with https:, mailto: or tel:.')
    .optional(),
});

/** What is said. */
const content = {
  text: text.optional(),
  marks: z.array(mark).max(500).optional(),
  fileIds: z.array(idText).max(20, 'Send at most 20 files at once.').optional(),
  buttons: z
    .array(
      z.strictObject({
        label: z.string().trim().min(1).max(200),
        value: z.string().max(1000).optional(),
        url: z
          .url({ protocol: /^https?$/, error: 'Give a web address.' })
          .max(2000)
          .optional(),
      }),
    )
    .max(30)
    .optional(),
};
const sendBody = z
  .strictObject({
    ...content,
    content: z.strictObject(content).optional(),
    clientId: z
      .string('Give a clientId of your own making, the same for every repetition.')
      .min(1, 'Give a clientId of your own making, the same for every repetition.')
      .max(100),
    seenSeq: z.int().min(0).optional(),
    force: z.boolean().optional(),
    note: z.boolean().optional(),
    replyToId: idText.optional(),
    sendAt: z.iso
      .datetime({ offset: true, error: 'Give an instant as 2026-11-02T10:00:00Z.' })
      .optional(),
  })
  // JSON has no undefined: what is absent is absent, as SendBody says.
  .transform(({ content: said, ...body }) => ({ ...said, ...body }) as SendBody);

const listQuery = z.strictObject({
  limit: pageFields.limit,
  cursor: z
    .string()
    .regex(/^(after|before)\.\d{1,15}$/, 'This is no cursor of this list.')
    .optional(),
  afterSeq: seqText.optional(),
  beforeSeq: seqText.optional(),
});

/** The cursor says which way it goes on, so it can be passed back alone. */
const stretchOf = ({
  limit,
  cursor,
  afterSeq,
  beforeSeq,
}: z.output<typeof listQuery>): MessageRange => {
  const [way, seq] = cursor?.split('.') ?? [];
  if (way === 'after') return { limit, afterSeq: Number(seq) };
  if (way === 'before') return { limit, beforeSeq: Number(seq) };
  return { limit, afterSeq, beforeSeq };
};

/** Messages of talks. */
export const messageRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/conversations/:id/messages',
    tag: 'messages',
    summary: 'Lists messages in their order',
    description:
      '`afterSeq`: those after it, oldest first. `beforeSeq`: the last ones before it. Neither: the last ones. `cursor` is what `nextCursor` gave.',
    params: idParams,
    query: listQuery,
    answer: '[MessageView]',
    async handle({ desk, who, params, query }) {
      const range = stretchOf(query);
      const { items, nextCursor } = await readMessages(desk, who, params.id, range);
      const way = range.afterSeq === undefined ? 'before' : 'after';
      return { items, nextCursor: nextCursor === null ? null : `${way}.${nextCursor}` };
    },
  });
  api.add({
    method: 'POST',
    path: '/conversations/:id/messages',
    tag: 'messages',
    summary: 'Answers the customer, or leaves an internal note',
    description:
      'The same `clientId` twice is one message. With `seenSeq`, 409 `colleague_replied` when a colleague answered after it; `force` sends anyway. `note: true` never reaches the customer. With `sendAt` it is kept until then: the answer has `seq` 0 and `delivery.state` queued, and is no message of the talk before.',
    params: idParams,
    body: sendBody,
    status: 201,
    answer: 'MessageView',
    handle({ desk, who, params, body }) {
      const say = body.sendAt ? scheduleReply : body.note ? note : reply;
      return say(desk, who, params.id, body);
    },
  });
  api.add({
    method: 'GET',
    path: '/conversations/:id/scheduled',
    tag: 'messages',
    summary:
      'Lists the answers that are still to be sent, soonest first, and those that could not be',
    params: idParams,
    query: wholeQuery,
    answer: '[MessageView]',
    handle: async ({ desk, who, params, query }) =>
      pageOfAll(await listScheduled(desk, who, params.id), query),
  });
  api.add({
    method: 'GET',
    path: '/drafts',
    tag: 'messages',
    summary: 'Lists what one has written and not sent, the latest first',
    answer: '[DraftView]',
    handle: ({ desk, who }) => listDrafts(desk, who),
  });
  api.add({
    method: 'PUT',
    path: '/conversations/:id/draft',
    tag: 'messages',
    summary: 'Keeps what one is writing, for one’s other devices; an empty text ends it',
    params: idParams,
    body: z.strictObject({ text, note: z.boolean().default(false) }),
    answer: 'DraftView',
    handle: ({ desk, who, params, body }) => saveDraft(desk, who, params.id, body),
  });
  api.add({
    method: 'PATCH',
    path: '/scheduled/:id',
    tag: 'messages',
    summary: 'Changes the text or the time of one’s own answer that is still to be sent',
    params: idParams,
    body: z.strictObject({ text: text.optional(), sendAt: z.string().max(64).optional() }),
    answer: 'MessageView',
    handle: ({ desk, who, params, body }) =>
      changeScheduled(desk, who, params.id, {
        ...(body.text === undefined ? {} : { text: body.text }),
        ...(body.sendAt === undefined ? {} : { sendAt: body.sendAt }),
      }),
  });
  api.add({
    method: 'DELETE',
    path: '/scheduled/:id',
    tag: 'messages',
    summary: 'Takes back an answer that is still to be sent',
    params: idParams,
    handle: ({ desk, who, params }) => cancelScheduled(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/messages/:id',
    tag: 'messages',
    summary: 'Changes the text of one’s own message, where the channel can',
    params: idParams,
    body: z.strictObject({ text: text.trim().min(1, 'Give a text.') }),
    answer: 'MessageView',
    handle: ({ desk, who, params, body }) => editMessage(desk, who, params.id, body.text),
  });
  api.add({
    method: 'DELETE',
    path: '/messages/:id',
    tag: 'messages',
    summary: 'Takes a message back, where the channel can',
    params: idParams,
    answer: 'MessageView',
    handle: ({ desk, who, params }) => removeMessage(desk, who, params.id),
  });
  api.add({
    method: 'PUT',
    path: '/messages/:id/reactions',
    tag: 'messages',
    summary: 'Sets one’s reactions to a message; an empty list takes them back',
    params: idParams,
    body: z.strictObject({ emoji: z.array(z.string().min(1).max(32)).max(10) }),
    answer: 'MessageView',
    handle: ({ desk, who, params, body }) => reactToMessage(desk, who, params.id, body.emoji),
  });
};
