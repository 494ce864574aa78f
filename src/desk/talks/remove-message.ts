import { Refusal } from '../../base/errors.ts';
import type { MessageView } from '../../contract/wire.ts';
import { may } from '../../domain/operators/permissions.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { messageViews } from '../views/message.ts';
import { mayAct, visibleMessage } from './access.ts';
import { expectDone, sessionFor } from './at-provider.ts';

/** Takes an answer back (at the provider too) or removes a note: one's own, or anybody's with the right over all talks. */
export async function removeMessage(
  desk: Desk,
  who: Principal,
  messageId: string,
): Promise<MessageView> {
  const { message, conversation } = await visibleMessage(desk, who, messageId);
  if (message.direction !== 'out' && message.direction !== 'note') {
    throw new Refusal('rule_broken', 'Only answers and notes can be removed.');
  }
  const own = message.author.id === who.user.id && mayAct(who, 'talk.reply', conversation);
  if (!own && !may(who, 'talk.reply', { ownerIds: [] })) {
    throw new Refusal('forbidden', 'You may remove your own messages only.');
  }
  if (message.direction === 'out' && !message.removedAt) {
    if (message.delivery?.state === 'sending') {
      throw new Refusal('rule_broken', 'This message is being sent: try again in a moment.');
    }
    if (message.externalIds.length > 0) {
      expectDone(
        await sessionFor(desk, message, 'remove').remove(conversation.chat, message.externalIds),
      );
    } else if (message.delivery) {
      await desk.stores.outbox.cancel(message.id, desk.clock.now());
    }
  }
  const removed = await desk.stores.messages.remove(message.id, desk.clock.now());
  if (!removed) throw new Refusal('not_found', 'There is no such message.');
  desk.bus.publish({ type: 'message.changed', message: removed, conversation });
  const [view] = await messageViews(desk, [removed]);
  if (!view) throw new Error('A message has no view.');
  return view;
}
