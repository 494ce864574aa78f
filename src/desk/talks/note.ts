import type { MessageView, SendBody } from '../../contract/wire.ts';
import { permit } from '../../domain/operators/permissions.ts';
import { fileIdsOf } from '../../domain/conversations/parts.ts';
import { draftOf } from '../../domain/conversations/record-event.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { actorOf, visibleTalk } from './access.ts';
import { compose } from './compose.ts';
import { callMentioned, mentionedIn, strangersAmong } from './mentions.ts';

/**
 * Writes an internal note. It has no delivery, and the outbox takes nothing without one: a note can not reach a customer.
 * Whoever sees the talk may write one, whoever has it. Colleagues named with `@` are told, and see the talk from then on.
 */
export async function note(
  desk: Desk,
  who: Principal,
  id: string,
  body: SendBody,
): Promise<MessageView> {
  permit(who, 'talk.reply', 'write notes');
  const conversation = await visibleTalk(desk, who, id);
  const composed = await compose(desk, who, conversation, body);
  const users = await mentionedIn(desk, who, composed.text);
  const strangers = await strangersAmong(desk, conversation, users);
  const { message } = await desk.stores.messages.append(
    draftOf(conversation, {
      direction: 'note',
      author: actorOf(who),
      at: desk.clock.now(),
      key: `note:${body.clientId}`,
      clientId: body.clientId,
      ...composed,
      ...(users.length > 0 && { mentions: users.map((user) => user.id) }),
    }),
    conversation.seq,
  );
  const fileIds = fileIdsOf(message.parts);
  if (fileIds.length > 0) await desk.stores.files.attach(fileIds, conversation.id, message.id);
  const bumped = await desk.stores.conversations.bump(id, { seq: message.seq, unread: 'keep' });
  desk.bus.publish({ type: 'message.appended', message, conversation: bumped ?? conversation });
  const { text } = composed;
  await callMentioned(desk, who, bumped ?? conversation, { text, users, strangers });
  const [view] = await messageViews(desk, [message]);
  if (!view) throw new Error('A message has no view.');
  return view;
}
