import { Refusal } from '../../base/errors.ts';
import type { MessageView } from '../../contract/wire.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { measure } from '../../engine/delivery/split-text.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { mayAct, visibleMessage } from './access.ts';
import { expectDone, sessionFor } from './at-provider.ts';

/** Changes the text of one's own answer (at the provider too) or note. Earlier texts stay readable. */
export async function editMessage(
  desk: Desk,
  who: Principal,
  messageId: string,
  text: string,
): Promise<MessageView> {
  const { message, conversation } = await visibleMessage(desk, who, messageId);
  if (message.author.id !== who.user.id || !mayAct(who, 'talk.reply', conversation)) {
    throw new Refusal('forbidden', 'You may change your own messages only.');
  }
  if (text.trim() === '')
    throw new Refusal('rule_broken', 'A message needs text.', { field: 'text' });
  if (message.removedAt) throw new Refusal('rule_broken', 'This message was removed.');
  if (message.direction === 'out') await editAtProvider(desk, message, conversation.chat, text);
  const edited = await desk.stores.messages.edit(message.id, text, [], desk.clock.now());
  if (!edited) throw new Refusal('not_found', 'There is no such message.');
  desk.bus.publish({ type: 'message.changed', message: edited, conversation });
  const [view] = await messageViews(desk, [edited]);
  if (!view) throw new Error('A message has no view.');
  return view;
}

async function editAtProvider(
  desk: Desk,
  message: Message,
  chat: string,
  text: string,
): Promise<void> {
  const session = sessionFor(desk, message, 'edit');
  if (message.externalIds.length !== 1 || message.parts.length > 0 || message.buttons.length > 0) {
    throw new Refusal(
      'rule_broken',
      'Only a message of one piece of text that was sent can be changed.',
    );
  }
  const limit = desk.accounts.get(message.accountId)?.channel.capabilities.text;
  if (limit && measure(text, limit.unit) > limit.max) {
    throw new Refusal(
      'rule_broken',
      `This channel takes at most ${limit.max} characters in one message.`,
      { field: 'text' },
    );
  }
  expectDone(await session.edit(chat, message.externalIds, { kind: 'text', text }));
}
