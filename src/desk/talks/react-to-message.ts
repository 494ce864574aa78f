import { Refusal } from '../../base/errors.ts';
import type { MessageView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { actorOf, mayAct, visibleMessage } from './access.ts';
import { expectDone, sessionFor } from './at-provider.ts';

/** Sets all reactions of the business on a message; an empty list takes them back. Notes get them here only. */
export async function reactToMessage(
  desk: Desk,
  who: Principal,
  messageId: string,
  emoji: readonly string[],
): Promise<MessageView> {
  const { message, conversation } = await visibleMessage(desk, who, messageId);
  if (emoji.length > 3 || emoji.some((one) => one.length === 0 || one.length > 32)) {
    throw new Refusal('rule_broken', 'Send at most three emoji.', { field: 'emoji' });
  }
  const internal = message.direction === 'note' || message.direction === 'event';
  if (!internal) {
    if (!mayAct(who, 'talk.reply', conversation))
      throw new Refusal('forbidden', 'You may not answer here.');
    const externalId = message.externalIds[0];
    if (!externalId)
      throw new Refusal('rule_broken', 'This message has not reached the provider yet.');
    const session = sessionFor(desk, message, 'react');
    const allowed = desk.accounts.get(message.accountId)?.channel.capabilities.reactions;
    if (Array.isArray(allowed) && emoji.some((one) => !allowed.includes(one))) {
      throw new Refusal(
        'rule_broken',
        `This channel takes these reactions only: ${allowed.join(' ')}`,
        { field: 'emoji' },
      );
    }
    expectDone(await session.react(conversation.chat, externalId, emoji));
  }
  const reacted = await desk.stores.messages.setReactions(
    message.id,
    actorOf(who),
    emoji,
    desk.clock.now(),
  );
  if (!reacted) throw new Refusal('not_found', 'There is no such message.');
  desk.bus.publish({ type: 'message.changed', message: reacted, conversation });
  const [view] = await messageViews(desk, [reacted]);
  if (!view) throw new Error('A message has no view.');
  return view;
}
