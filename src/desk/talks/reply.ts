import { Refusal } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import type { MessageView, SendBody } from '../../contract/wire.ts';
import { buttonTokensOf } from '../../domain/conversations/button-tokens.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { toBeSent } from '../../domain/conversations/message.ts';
import type { Message } from '../../domain/conversations/message.ts';
import { fileIdsOf } from '../../domain/conversations/parts.ts';
import { draftOf } from '../../domain/conversations/record-event.ts';
import { lastMessageOf } from '../../domain/conversations/summary.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { windowClosesAt } from '../../engine/delivery/plan.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { actableTalk, actorOf } from './access.ts';
import { compose } from './compose.ts';
import { ownTalk } from './own-talk.ts';
import { reopenAndOwn } from './reopen-talk.ts';
import { signed } from './signature.ts';

const MAX_BUTTONS = 20;

/**
 * Answers the customer. The same `clientId` again is the same message. A talk that nobody has becomes the writer's;
 * a closed one is reopened. Throws `colleague_replied` when somebody answered after `seenSeq`, unless forced.
 */
export async function reply(
  desk: Desk,
  who: Principal,
  id: string,
  body: SendBody,
): Promise<MessageView> {
  const seen = await actableTalk(desk, who, id, 'talk.reply', 'answer here');
  const key = `out:${body.clientId}`;
  const before = await desk.stores.messages.byKey(id, key);
  if (before) return accepted(desk, seen, before);

  const buttons = buttonsOf(body);
  const composed = await compose(desk, who, seen, body);
  checkWindow(desk, seen);
  if (body.seenSeq !== undefined && !body.force)
    await checkColleagues(desk, who, seen, body.seenSeq);

  const conversation = await owned(desk, who, seen);
  const text = await signed(desk, who, conversation, composed.text);
  const at = desk.clock.now();
  const { message } = await desk.stores.messages.append(
    draftOf(conversation, {
      direction: 'out',
      author: actorOf(who),
      at,
      key,
      clientId: body.clientId,
      ...composed,
      text,
      buttons,
      delivery: toBeSent(at),
    }),
    conversation.seq,
  );
  return accepted(desk, conversation, message);
}

/** All that follows from an accepted answer; each step can be repeated when a client sends the same key again. */
async function accepted(
  desk: Desk,
  conversation: Conversation,
  message: Message,
): Promise<MessageView> {
  const tokens = buttonTokensOf(message);
  if (tokens.length > 0) await desk.stores.buttonTokens.save(tokens);
  const fileIds = fileIdsOf(message.parts);
  if (fileIds.length > 0) await desk.stores.files.attach(fileIds, conversation.id, message.id);
  const bumped = await desk.stores.conversations.bump(conversation.id, {
    seq: message.seq,
    lastMessage: lastMessageOf(message),
    unread: 'clear',
    firstAnswerAt: message.at,
  });
  desk.bus.publish({ type: 'message.appended', message, conversation: bumped ?? conversation });
  desk.delivery.wake(conversation.id);
  const [view] = await messageViews(desk, [message]);
  if (!view) throw new Error('A message has no view.');
  return view;
}

/** Who answers, has the talk: a waiting one is claimed, a closed one reopened. Somebody else's stays theirs. */
async function owned(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
): Promise<Conversation> {
  const { state, ownerId } = conversation.session;
  if (state === 'closed') return reopenAndOwn(desk, who, conversation);
  if (ownerId) return conversation;
  return ownTalk(desk, who, conversation, who.user, `${who.user.name} answered first.`);
}

function checkWindow(desk: Desk, conversation: Conversation): void {
  const channel = desk.channels.get(conversation.channelType);
  const closes = channel && windowClosesAt(channel.capabilities, conversation.lastCustomerAt);
  if (closes && desk.clock.now() >= closes) {
    throw new Refusal(
      'window_closed',
      `The customer last wrote more than ${channel.capabilities.replyWindow?.hours} hours ago: this channel takes no free answer any more.`,
    );
  }
}

async function checkColleagues(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  seenSeq: number,
): Promise<void> {
  const other = await desk.stores.messages.replyAfter(conversation.id, seenSeq, who.user.id);
  if (!other) return;
  throw new Refusal('colleague_replied', `${other.author.name} answered first. Send anyway?`, {
    facts: { seq: other.seq, authorId: other.author.id },
  });
}

function buttonsOf(body: SendBody): Message['buttons'] {
  const buttons = body.buttons ?? [];
  if (buttons.length > MAX_BUTTONS) {
    throw new Refusal('rule_broken', `A message has at most ${MAX_BUTTONS} buttons.`, {
      field: 'buttons',
    });
  }
  if (buttons.length > 0 && (body.text ?? '').trim() === '') {
    throw new Refusal('rule_broken', 'Buttons need a text above them.', { field: 'text' });
  }
  return buttons.map(({ label, value, url }) =>
    url ? { label, url } : { label, value: value ?? label, token: randomKey(12) },
  );
}
