import { Refusal } from '../../base/errors.ts';
import type { DeliveryView } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { mayAct, visibleMessage } from '../talks/access.ts';
import { deliveryViews } from '../views/delivery.ts';

/** An outgoing message whose journey the person may change. */
export async function findDelivery(
  desk: Desk,
  who: Principal,
  messageId: string,
  doing: string,
): Promise<{ message: Message; conversation: Conversation }> {
  const found = await visibleMessage(desk, who, messageId);
  if (!found.message.delivery)
    throw new Refusal('not_found', 'This message was not sent to a customer.');
  const own =
    found.message.author.id === who.user.id && who.grants['delivery.resend'] !== undefined;
  if (!own && !mayAct(who, 'delivery.resend', found.conversation))
    throw new Refusal('forbidden', `You may not ${doing}.`);
  return found;
}

/** Tells everybody of the changed message, and answers its journey. */
export async function deliveryChanged(
  desk: Desk,
  message: Message,
  conversation: Conversation,
): Promise<DeliveryView> {
  desk.bus.publish({ type: 'message.changed', message, conversation });
  desk.delivery.wake(conversation.id);
  const [view] = await deliveryViews(desk, [message]);
  if (!view) throw new Error('An outgoing message has no delivery.');
  return view;
}
